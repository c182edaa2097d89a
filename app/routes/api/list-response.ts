import { entityTag, ifMatch, isNotModified } from "#app/http/conditional.ts";
import { Problem } from "#app/http/problem.ts";
import { jsonResponse, notModifiedResponse } from "#app/http/response.ts";
import { type List, ListConflict } from "#app/lists/list.ts";
import { listJson } from "#app/lists/list-json.ts";
import { orProblem } from "#app/routes/api/task-response.ts";
import type { InvalidFields, QuotaExceeded } from "#app/tasks/outcome.ts";

/** The outcome's list. Throws the problem for a missing list or a failure. */
export function listOrProblem(outcome: List | ListConflict | InvalidFields | QuotaExceeded | undefined): List {
  if (outcome instanceof ListConflict) throw listConflictProblem(outcome);
  return orProblem<List>(outcome);
}

export function listConflictProblem({ current }: ListConflict): Problem {
  return new Problem("version_conflict", { extension: { current: listJson(current) } });
}

/**
 * The list with its entity tag, made of the version and the open count, since both are in the representation.
 * 304 to a safe request whose If-None-Match lists that tag.
 */
export function listResponse(request: Request, list: List, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  const tag = `${list.version}-${list.openCount}`;
  const ETag = entityTag(tag);
  const isSafe = request.method === "GET" || request.method === "HEAD";
  if (isSafe && isNotModified(request, tag)) return notModifiedResponse(ETag);
  return jsonResponse(listJson(list), { ...init, headers: { ETag, ...init.headers } });
}

/** The versions that If-Match allows, with or without the count of `listResponse` tags: a changed count is no conflict. */
export function ifListMatch(request: Request): number[] | undefined {
  return ifMatch(request, /^([1-9]\d{0,8})(?:-\d{1,9})?$/);
}
