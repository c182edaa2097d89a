import { scoped } from "#app/auth/bearer-guard.server.ts";
import { precondition } from "#app/http/conditional.ts";
import { lastSegment, readJson, type ValidMembers } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem, taskResponse } from "#app/routes/api/task-response.ts";
import { ExternalId } from "#app/tasks/task.ts";
import { refusedWrite } from "#app/tasks/wire/refused-write.ts";
import { TaskUpsert } from "#app/tasks/wire/task-json.ts";
import type { Route } from "./+types/task-by-external-id";

async function put({ request, url, context }: Route.ActionArgs): Promise<Response> {
  const isAllowed = precondition(request);
  const tasks = tasksFor(context);
  const { data: externalId = "", error } = ExternalId.safeParse(lastSegment(url));
  const errors = error?.issues.map(({ message }) => ({ pointer: "/external_id", message }));
  const findFurther = (members: ValidMembers) => tasks.furtherUpsertProblems(refusedWrite(members), externalId || undefined);
  const fields: TaskUpsert = await readJson(request, TaskUpsert, findFurther, errors);
  const { task, isNew } = orProblem(await tasks.putByExternalId(externalId, fields, isAllowed));
  return taskResponse(request, task, isNew ? { status: 201, headers: { Location: `/api/me/tasks/${task.id}` } } : {});
}

export const loader = resource({ PUT: scoped("tasks:write", put) });
export const action = loader;
