import { answerJson } from "#app/http/answer.ts";
import { entityTag, isNotModified } from "#app/http/conditional.ts";
import { Problem } from "#app/http/problem.ts";
import type { Task } from "#app/tasks/task.ts";
import { taskJson } from "#app/tasks/task-json.ts";
import { VersionConflict } from "#app/tasks/tasks.server.ts";

/** The task, or the problem that its absence or its version is. */
export function found(outcome: Task | VersionConflict | undefined): Task {
  if (outcome === undefined) throw new Problem("not_found");
  if (outcome instanceof VersionConflict) throw new Problem("version_conflict", { extension: { current: taskJson(outcome.current) } });
  return outcome;
}

/** The task with its entity tag; to a safe request whose If-None-Match has it already, 304. */
export function answerTask(request: Request, task: Task, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  const ETag = entityTag(task.version);
  const isSafe = request.method === "GET" || request.method === "HEAD";
  if (isSafe && isNotModified(request, task.version)) return new Response(null, { status: 304, headers: { ETag } });
  return answerJson(taskJson(task), { ...init, headers: { ETag, ...init.headers } });
}
