import { scoped } from "#app/auth/bearer-guard.server.ts";
import { Problem } from "#app/http/problem.ts";
import { publicUrl } from "#app/http/public-url.ts";
import { readJson, readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem, taskResponse } from "#app/routes/api/task-response.ts";
import { TaskQuery } from "#app/tasks/filter.ts";
import { TaskInput } from "#app/tasks/task.ts";
import { taskJson } from "#app/tasks/wire/task-json.ts";
import type { Route } from "./+types/tasks";

async function list({ url, context }: Route.LoaderArgs): Promise<Response> {
  const { limit, cursor, ...filter } = readQuery(url, TaskQuery, ["label"]);
  const page = await tasksFor(context).list(filter, { limit, cursor });
  if (!page) throw new Problem("malformed_request", { detail: "The cursor is not one of this list" });
  const headers = page.nextCursor ? { Link: `<${nextUrl(url, page.nextCursor)}>; rel="next"` } : undefined;
  return jsonResponse({ items: page.tasks.map(taskJson), next_cursor: page.nextCursor }, { ...(headers && { headers }) });
}

/** The target of `Link: rel="next"` (RFC 8288). */
function nextUrl(url: URL, cursor: string): string {
  const next = publicUrl(url.pathname + url.search);
  next.searchParams.set("cursor", cursor);
  return next.href;
}

async function create({ request, context }: Route.ActionArgs): Promise<Response> {
  const task = orProblem(await tasksFor(context).create(await readJson(request, TaskInput)));
  return taskResponse(request, task, { status: 201, headers: { Location: `/api/me/tasks/${task.id}` } });
}

export const loader = resource({ GET: scoped("tasks:read", list), POST: scoped("tasks:create", create) });
export const action = loader;
