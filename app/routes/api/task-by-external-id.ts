import { scoped } from "#app/auth/bearer-guard.server.ts";
import { precondition } from "#app/http/conditional.ts";
import { Problem } from "#app/http/problem.ts";
import { lastSegment, readJson } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem, taskResponse } from "#app/routes/api/task-response.ts";
import { ExternalId } from "#app/tasks/task.ts";
import { TaskUpsert } from "#app/tasks/wire/task-json.ts";
import type { Route } from "./+types/task-by-external-id";

async function put({ request, url, context }: Route.ActionArgs): Promise<Response> {
  const isAllowed = precondition(request);
  const fields: TaskUpsert = await readJson(request, TaskUpsert);
  const { task, isNew } = orProblem(await tasksFor(context).putByExternalId(externalIdOf(url), fields, isAllowed));
  return taskResponse(request, task, isNew ? { status: 201, headers: { Location: `/api/me/tasks/${task.id}` } } : {});
}

function externalIdOf(url: URL): string {
  const { data, error } = ExternalId.safeParse(lastSegment(url));
  if (data !== undefined) return data;
  throw new Problem("invalid_fields", { errors: error?.issues.map(({ message }) => ({ pointer: "/external_id", message })) ?? [] });
}

export const loader = resource({ PUT: scoped("tasks:write", put) });
export const action = loader;
