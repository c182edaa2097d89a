import { entityTag, isNotModified } from "#app/http/conditional.ts";
import { Problem } from "#app/http/problem.ts";
import { jsonResponse, notModifiedResponse } from "#app/http/response.ts";
import { ExternalIdTaken, type Failure, HasOpenSubtasks, InvalidFields, isFailure, VersionConflict } from "#app/tasks/outcome.ts";
import type { Task } from "#app/tasks/task.ts";
import { taskJson } from "#app/tasks/wire/task-json.ts";

/** What was asked for, or the problem that its absence or its refusal is. */
export function orProblem<T extends object>(outcome: T | Failure | undefined): T {
  if (outcome === undefined || isFailure(outcome)) throw problemOf(outcome);
  return outcome as T;
}

/** `within` is the way to the task in the body, for what is said of its fields. */
export function problemOf(refused: Failure | undefined, within = ""): Problem {
  if (refused === undefined) return new Problem("not_found");
  if (refused instanceof VersionConflict) return new Problem("version_conflict", { extension: { current: taskJson(refused.current) } });
  if (refused instanceof InvalidFields) return new Problem("invalid_fields", { errors: fieldErrors(refused, within) });
  if (refused instanceof ExternalIdTaken) return new Problem("external_id_taken", { extension: { existing_id: refused.existingId } });
  return new Problem(refused instanceof HasOpenSubtasks ? "has_open_subtasks" : "not_recurring");
}

function fieldErrors({ problems }: InvalidFields, within: string) {
  return problems.map(({ pointer, message }) => ({ pointer: within + pointer, message }));
}

/** The task with its entity tag; to a safe request whose If-None-Match has it already, 304. */
export function taskResponse(request: Request, task: Task, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  const ETag = entityTag(task.version);
  const isSafe = request.method === "GET" || request.method === "HEAD";
  if (isSafe && isNotModified(request, task.version)) return notModifiedResponse(ETag);
  return jsonResponse(taskJson(task), { ...init, headers: { ETag, ...init.headers } });
}
