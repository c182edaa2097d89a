import { scoped } from "#app/auth/bearer-guard.server.ts";
import { nextLink } from "#app/http/next-link.ts";
import { Problem } from "#app/http/problem.ts";
import { readJson, readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { hashedJsonResponse } from "#app/http/response.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem, taskResponse } from "#app/routes/api/task-response.ts";
import { TaskInput } from "#app/tasks/task.ts";
import { refusedWrite } from "#app/tasks/wire/refused-write.ts";
import { pageItem, REPEATABLE, TaskQuery } from "#app/tasks/wire/task-list.ts";
import type { Route } from "./+types/tasks";

async function list({ request, url, context }: Route.LoaderArgs): Promise<Response> {
  const { limit, cursor, fields, total, ...filter } = readQuery(url, TaskQuery, REPEATABLE);
  const tasks = tasksFor(context);
  const page = await tasks.list(filter, { limit, cursor });
  if (!page) throw new Problem("malformed_request", { detail: "The cursor is not one of this list" });
  const body = {
    items: page.tasks.map((task) => pageItem(task, fields)),
    next_cursor: page.nextCursor,
    ...(total && { total: await tasks.count(filter) }),
  };
  return hashedJsonResponse(request, body, nextLink(url, page.nextCursor));
}

async function create({ request, context }: Route.ActionArgs): Promise<Response> {
  const tasks = tasksFor(context);
  const input = await readJson(request, TaskInput, (members) => tasks.furtherProblems(refusedWrite(members)));
  const task = orProblem(await tasks.create(input));
  return taskResponse(request, task, { status: 201, headers: { Location: `/api/me/tasks/${task.id}` } });
}

export const loader = resource({ GET: scoped("tasks:read", list), POST: scoped("tasks:create", create) });
export const action = loader;
