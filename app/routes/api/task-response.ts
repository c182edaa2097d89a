import { entityTag, isNotModified } from "#app/http/conditional.ts";
import { Problem, prefixPointers } from "#app/http/problem.ts";
import { jsonResponse, notModifiedResponse } from "#app/http/response.ts";
import {
  ExternalIdTaken,
  type Failure,
  HasOpenSubtasks,
  InvalidFields,
  isFailure,
  NoVersion,
  QuotaExceeded,
  VersionConflict,
} from "#app/tasks/outcome.ts";
import type { Task } from "#app/tasks/task.ts";
import { QUOTA_NAMES } from "#app/tasks/wire/quota.ts";
import { taskJson } from "#app/tasks/wire/task-json.ts";

/** The outcome's value. Throws the problem for a missing resource or a failure. */
export function orProblem<T extends object>(outcome: T | Failure | undefined): T {
  if (outcome === undefined || isFailure(outcome)) throw problemOf(outcome);
  return outcome as T;
}

/** `within` is the JSON Pointer of the task in the body, a prefix for the pointers of its fields. */
export function problemOf(failure: Failure | undefined, within = ""): Problem {
  if (failure === undefined) return new Problem("not_found");
  if (failure instanceof VersionConflict) return new Problem("version_conflict", { extension: { current: taskJson(failure.current) } });
  if (failure instanceof NoVersion) return new Problem("version_conflict", { detail: "There is no such task" });
  if (failure instanceof InvalidFields) return new Problem("invalid_fields", { errors: prefixPointers(within, failure.problems) });
  if (failure instanceof ExternalIdTaken) return new Problem("external_id_taken", { extension: { existing_id: failure.existingId } });
  if (failure instanceof QuotaExceeded) return quotaProblem(failure);
  return new Problem(failure instanceof HasOpenSubtasks ? "has_open_subtasks" : "not_recurring");
}

function quotaProblem({ quota, limit, message }: QuotaExceeded): Problem {
  const detail = message.charAt(0).toUpperCase() + message.slice(1);
  return new Problem("quota_exceeded", { detail, extension: { quota: QUOTA_NAMES[quota], limit } });
}

/** The task with its entity tag; 304 to a safe request whose If-None-Match lists that tag. */
export function taskResponse(request: Request, task: Task, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  const ETag = entityTag(task.version);
  const isSafe = request.method === "GET" || request.method === "HEAD";
  if (isSafe && isNotModified(request, task.version)) return notModifiedResponse(ETag);
  return jsonResponse(taskJson(task), { ...init, headers: { ETag, ...init.headers } });
}
