import { scoped } from "#app/auth/bearer-guard.server.ts";
import { entityTag, ifMatch } from "#app/http/conditional.ts";
import { readQuery, requireEmptyBody } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem } from "#app/routes/api/task-response.ts";
import { CompleteQuery } from "#app/tasks/wire/operation.ts";
import { completedJson } from "#app/tasks/wire/task-json.ts";
import type { Route } from "./+types/task-complete";

async function complete({ request, url, params, context }: Route.ActionArgs): Promise<Response> {
  const options = readQuery(url, CompleteQuery);
  await requireEmptyBody(request);
  const completed = orProblem(await tasksFor(context).complete(params.taskId, options, ifMatch(request)));
  return jsonResponse(completedJson(completed), { headers: { ETag: entityTag(completed.task.version) } });
}

export const loader = resource({ POST: scoped("tasks:write", complete) });
export const action = loader;
