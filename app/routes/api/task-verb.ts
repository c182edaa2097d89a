import { scoped } from "#app/auth/bearer-guard.server.ts";
import { ifMatch } from "#app/http/conditional.ts";
import { requireEmptyBody, requireNoQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem, taskResponse } from "#app/routes/api/task-response.ts";
import type { Failure } from "#app/tasks/outcome.ts";
import type { Task } from "#app/tasks/task.ts";
import type { Route } from "./+types/task";

type Perform = (tasks: ReturnType<typeof tasksFor>, id: string, versions: number[] | undefined) => Promise<Task | Failure | undefined>;

export function taskVerb(perform: Perform) {
  return resource({
    POST: scoped("tasks:write", async ({ request, url, params, context }: Route.ActionArgs) => {
      requireNoQuery(url);
      await requireEmptyBody(request);
      return taskResponse(request, orProblem(await perform(tasksFor(context), params.taskId, ifMatch(request))));
    }),
  });
}
