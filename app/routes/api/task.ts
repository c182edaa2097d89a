import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { scoped } from "#app/auth/bearer-guard.server.ts";
import { userContext } from "#app/context.ts";
import { ifMatch } from "#app/http/conditional.ts";
import { Problem } from "#app/http/problem.ts";
import { readJson, readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { type Task, TaskChanges, TaskReplacement } from "#app/tasks/task.ts";
import { READ_ONLY, taskJson } from "#app/tasks/task-json.ts";
import { tasksOf } from "#app/tasks/tasks.server.ts";
import type { Route } from "./+types/task";
import { answerTask, found } from "./answer-task";

async function get({ request, params, context }: Route.LoaderArgs): Promise<Response> {
  return answerTask(request, found(await tasksOf(context.get(userContext)).find(params.taskId)));
}

/** Whoever sends back what they read may leave these fields in: they must then be what is stored. */
const readOnly = Object.fromEntries(READ_ONLY.map((field) => [field, z.unknown()])) as Record<(typeof READ_ONLY)[number], z.ZodUnknown>;
const Patch = TaskChanges.extend(z.object(readOnly).partial().shape);
const Put = TaskReplacement.extend(z.object(readOnly).partial().shape);

async function patch(args: Route.ActionArgs): Promise<Response> {
  return change(args, await readJson(args.request, Patch));
}

async function put(args: Route.ActionArgs): Promise<Response> {
  return change(args, await readJson(args.request, Put));
}

async function change({ request, params, context }: Route.ActionArgs, body: z.infer<typeof Patch>): Promise<Response> {
  const tasks = tasksOf(context.get(userContext));
  const versions = ifMatch(request);
  const sent = READ_ONLY.filter((field) => field in body);
  if (sent.length > 0) refuseUnlessStored(body, sent, found(await tasks.find(params.taskId)));
  const changes = Object.fromEntries(Object.entries(body).filter(([field]) => !(field in readOnly)));
  return answerTask(request, found(await tasks.update(params.taskId, changes, versions)));
}

function refuseUnlessStored(body: z.infer<typeof Patch>, sent: (typeof READ_ONLY)[number][], task: Task): void {
  const stored = taskJson(task);
  const wrong = sent.filter((field) => !isDeepStrictEqual(body[field], stored[field]));
  if (wrong.length === 0) return;
  throw new Problem("invalid_fields", { errors: wrong.map((field) => ({ pointer: `/${field}`, message: "can't be set" })) });
}

async function remove({ request, url, params, context }: Route.ActionArgs): Promise<Response> {
  readQuery(url, z.strictObject({}));
  found(await tasksOf(context.get(userContext)).remove(params.taskId, ifMatch(request)));
  return new Response(null, { status: 204 });
}

export const loader = resource({
  GET: scoped("tasks:read", get),
  PUT: scoped("tasks:write", put),
  PATCH: scoped("tasks:write", patch),
  DELETE: scoped("tasks:write", remove),
});
export const action = loader;
