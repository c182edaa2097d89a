import { limitFor, scoped, tokenContext } from "#app/auth/bearer-guard.server.ts";
import { userContext } from "#app/context.ts";
import { requireNoQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { QUOTAS } from "#app/tasks/store/quota.server.ts";
import type { Route } from "./+types/me";

function describe({ url, context }: Route.LoaderArgs): Response {
  requireNoQuery(url);
  const user = context.get(userContext);
  const { scopes, expiresAt } = context.get(tokenContext);
  return jsonResponse({
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
  });
}

export const loader = resource({ GET: scoped("tasks:read", describe) });
export const action = loader;
