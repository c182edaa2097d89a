import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { scoped } from "#app/auth/bearer-guard.server.ts";
import { ifMatch } from "#app/http/conditional.ts";
import { Problem } from "#app/http/problem.ts";
import { readJson, readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import type { Task } from "#app/tasks/task.ts";
import { READ_ONLY, TaskPatch, TaskPut, taskJson } from "#app/tasks/task-json.ts";
import type { Route } from "./+types/task";
import { answerTask, found } from "./answer-task";
import { tasksFor } from "./repositories";

async function get({ request, params, context }: Route.LoaderArgs): Promise<Response> {
  return answerTask(request, found(await tasksFor(context).find(params.taskId)));
}

async function patch(args: Route.ActionArgs): Promise<Response> {
  return change(args, await readJson(args.request, TaskPatch));
}

async function put(args: Route.ActionArgs): Promise<Response> {
  return change(args, await readJson(args.request, TaskPut));
}

async function change({ request, params, context }: Route.ActionArgs, body: z.infer<typeof TaskPatch>): Promise<Response> {
  const tasks = tasksFor(context);
  const versions = ifMatch(request);
  const sent = READ_ONLY.filter((field) => field in body);
  if (sent.length > 0) refuseUnlessStored(body, sent, found(await tasks.find(params.taskId)));
  const changes = Object.fromEntries(Object.entries(body).filter(([field]) => !READ_ONLY.some((name) => name === field)));
  return answerTask(request, found(await tasks.update(params.taskId, changes, versions)));
}

function refuseUnlessStored(body: z.infer<typeof TaskPatch>, sent: (typeof READ_ONLY)[number][], task: Task): void {
  const stored = taskJson(task);
  const wrong = sent.filter((field) => !isDeepStrictEqual(body[field], stored[field]));
  if (wrong.length === 0) return;
  throw new Problem("invalid_fields", { errors: wrong.map((field) => ({ pointer: `/${field}`, message: "can't be set" })) });
}

async function remove({ request, url, params, context }: Route.ActionArgs): Promise<Response> {
  readQuery(url, z.strictObject({}));
  found(await tasksFor(context).remove(params.taskId, ifMatch(request)));
  return new Response(null, { status: 204 });
}

export const loader = resource({
  GET: scoped("tasks:read", get),
  PUT: scoped("tasks:write", put),
  PATCH: scoped("tasks:write", patch),
  DELETE: scoped("tasks:write", remove),
});
export const action = loader;
