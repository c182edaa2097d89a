import { scoped } from "#app/auth/bearer-guard.server.ts";
import { ifMatch } from "#app/http/conditional.ts";
import { readJson, readQuery, requireNoQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem, taskResponse } from "#app/routes/api/task-response.ts";
import { RemoveQuery } from "#app/tasks/wire/operation.ts";
import { refusedWrite } from "#app/tasks/wire/refused-write.ts";
import { TaskPatch, TaskPut } from "#app/tasks/wire/task-json.ts";
import type { Route } from "./+types/task";

async function get({ request, url, params, context }: Route.LoaderArgs): Promise<Response> {
  requireNoQuery(url);
  return taskResponse(request, orProblem(await tasksFor(context).find(params.taskId)));
}

function updateWith(schema: typeof TaskPatch | typeof TaskPut) {
  return async function update({ request, params, context }: Route.ActionArgs): Promise<Response> {
    const tasks = tasksFor(context);
    const patch: TaskPatch = await readJson(request, schema, (members) => tasks.furtherProblems(refusedWrite(members), params.taskId));
    return taskResponse(request, orProblem(await tasks.update(params.taskId, patch, ifMatch(request))));
  };
}

async function remove({ request, url, params, context }: Route.ActionArgs): Promise<Response> {
  const { permanent } = readQuery(url, RemoveQuery);
  const tasks = tasksFor(context);
  const removeTask = permanent ? tasks.purge : tasks.remove;
  orProblem(await removeTask(params.taskId, ifMatch(request)));
  return new Response(null, { status: 204 });
}

export const loader = resource({
  GET: scoped("tasks:read", get),
  PUT: scoped("tasks:write", updateWith(TaskPut)),
  PATCH: scoped("tasks:write", updateWith(TaskPatch)),
  DELETE: scoped("tasks:write", remove),
});
export const action = loader;
