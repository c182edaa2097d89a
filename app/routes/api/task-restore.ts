import { scoped } from "#app/auth/bearer-guard.server.ts";
import { ifMatch } from "#app/http/conditional.ts";
import { readQuery, requireEmptyBody } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem, taskResponse } from "#app/routes/api/task-response.ts";
import { RestoreQuery } from "#app/tasks/wire/operation.ts";
import type { Route } from "./+types/task-restore";

async function restore({ request, url, params, context }: Route.ActionArgs): Promise<Response> {
  const { drop_external_id: dropExternalId } = readQuery(url, RestoreQuery);
  await requireEmptyBody(request);
  return taskResponse(request, orProblem(await tasksFor(context).restore(params.taskId, { dropExternalId }, ifMatch(request))));
}

export const loader = resource({ POST: scoped("tasks:write", restore) });
export const action = loader;
