import { scoped } from "#app/auth/bearer-guard.server.ts";
import { lastSegment, readJson, requireNoQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem } from "#app/routes/api/task-response.ts";
import { LabelChanges } from "#app/tasks/labels.ts";
import type { Route } from "./+types/label";

async function rename({ request, url, context }: Route.ActionArgs): Promise<Response> {
  const { name } = await readJson(request, LabelChanges);
  const label = orProblem(await tasksFor(context).renameLabel(lastSegment(url), name));
  return jsonResponse({ name: label.name, open_count: label.openCount });
}

async function remove({ url, context }: Route.ActionArgs): Promise<Response> {
  requireNoQuery(url);
  orProblem(await tasksFor(context).removeLabel(lastSegment(url)));
  return new Response(null, { status: 204 });
}

export const loader = resource({ PATCH: scoped("tasks:write", rename), DELETE: scoped("tasks:write", remove) });
export const action = loader;
