import { limitFor, scoped, tokenContext } from "#app/auth/bearer-guard.server.ts";
import { changedSettings, type MeJson, MePatch, READ_ONLY, settingsJson } from "#app/auth/me-json.ts";
import { settingsOf } from "#app/auth/settings.server.ts";
import { type UserRef, userContext } from "#app/context.ts";
import { Problem } from "#app/http/problem.ts";
import { readJson, requireNoQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { validateReadOnly } from "#app/tasks/rules.ts";
import { QUOTAS } from "#app/tasks/store/quota.server.ts";
import type { Route } from "./+types/me";

function get({ url, context }: Route.LoaderArgs): Response {
  requireNoQuery(url);
  return jsonResponse(meJson(context, context.get(userContext)));
}

async function patch({ request, context }: Route.ActionArgs): Promise<Response> {
  const user = context.get(userContext);
  const readOnlyErrors = (sent: MePatch) => validateReadOnly(READ_ONLY, sent, meJson(context, user));
  const sent = await readJson(request, MePatch, ({ valid }) => readOnlyErrors(valid));
  const errors = readOnlyErrors(sent);
  if (errors.length > 0) throw new Problem("invalid_fields", { errors });
  const changes = changedSettings(sent);
  await settingsOf(user).update(changes);
  return jsonResponse(meJson(context, { ...user, ...changes }));
}

function meJson(context: Route.LoaderArgs["context"], user: UserRef): MeJson {
  const { scopes, expiresAt } = context.get(tokenContext);
  return {
    id: user.id,
    name: user.name,
    timezone: user.timezone,
    scopes,
    token_expires_at: expiresAt.toISOString(),
    limits: {
      reads_per_minute: limitFor({ method: "GET" }).quota,
      writes_per_minute: limitFor({ method: "POST" }).quota,
      tasks: QUOTAS.taskCount,
      lists: QUOTAS.listCount,
      text_bytes: QUOTAS.textBytes,
    },
    settings: settingsJson(user),
  };
}

export const loader = resource({ GET: scoped("tasks:read", get), PATCH: scoped("tasks:write", patch) });
export const action = loader;
