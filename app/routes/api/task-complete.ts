import { scoped } from "#app/auth/bearer-guard.server.ts";
import { answerJson } from "#app/http/response.ts";
import { entityTag, ifMatch } from "#app/http/conditional.ts";
import { readNothing, readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { CompleteQuery } from "#app/tasks/wire/operation.ts";
import { completedJson } from "#app/tasks/wire/task-json.ts";
import type { Route } from "./+types/task-complete";
import { found } from "./task-response";
import { tasksFor } from "./repositories";

async function complete({ request, url, params, context }: Route.ActionArgs): Promise<Response> {
  const options = readQuery(url, CompleteQuery);
  await readNothing(request);
  const completed = found(await tasksFor(context).complete(params.taskId, options, ifMatch(request)));
  return answerJson(completedJson(completed), { headers: { ETag: entityTag(completed.task.version) } });
}

export const loader = resource({ POST: scoped("tasks:write", complete) });
export const action = loader;
