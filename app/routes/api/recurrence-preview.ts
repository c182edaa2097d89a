import { scoped } from "#app/auth/bearer-guard.server.ts";
import { userContext } from "#app/context.ts";
import { readJson } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { PreviewInput, previewJson } from "#app/tasks/wire/recurrence-preview.ts";
import type { Route } from "./+types/recurrence-preview";

/** Writes nothing. */
async function preview({ request, context }: Route.ActionArgs): Promise<Response> {
  return jsonResponse(previewJson(await readJson(request, PreviewInput), context.get(userContext).timezone));
}

export const loader = resource({ POST: scoped("tasks:read", preview) });
export const action = loader;
