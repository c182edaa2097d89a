import { scoped } from "#app/auth/bearer-guard.server.ts";
import { ifMatch } from "#app/http/conditional.ts";
import { readJson } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem, taskResponse } from "#app/routes/api/task-response.ts";
import { TaskMove } from "#app/tasks/wire/operation.ts";
import { refusedWrite } from "#app/tasks/wire/refused-write.ts";
import type { Route } from "./+types/task-move";

async function move({ request, params, context }: Route.ActionArgs): Promise<Response> {
  const tasks = tasksFor(context);
  const place = await readJson(request, TaskMove, (members) => tasks.furtherProblems(refusedWrite(members), params.taskId));
  return taskResponse(request, orProblem(await tasks.move(params.taskId, place, ifMatch(request))));
}

export const loader = resource({ POST: scoped("tasks:write", move) });
export const action = loader;
