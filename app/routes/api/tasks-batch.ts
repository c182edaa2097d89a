import { scoped } from "#app/auth/bearer-guard.server.ts";
import { isFailed, type OperationFailure, type Outcome } from "#app/changes/batch.server.ts";
import { BatchEnvelope, type Operation, type OperationResult, parseOperation } from "#app/changes/operation.ts";
import { NotDone } from "#app/changes/references.ts";
import { requestInfoContext } from "#app/context.ts";
import { type FieldError, MAX_ERRORS, Problem } from "#app/http/problem.ts";
import { readJson } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { ListConflict } from "#app/lists/list.ts";
import { listJson } from "#app/lists/list-json.ts";
import { listConflictProblem } from "#app/routes/api/list-response.ts";
import { changesFor } from "#app/routes/api/repositories.ts";
import { problemOf } from "#app/routes/api/task-response.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import { completedJson, taskJson } from "#app/tasks/wire/task-json.ts";
import type { Route } from "./+types/tasks-batch";

async function batch({ request, context }: Route.ActionArgs): Promise<Response> {
  const changes = changesFor(context);
  const { atomic, operations } = await readJson(request, BatchEnvelope, ({ valid }) => operationErrors(changes, valid.operations));
  // Parsed one by one: an invalid operation does not stop the others.
  const parsed = operations.map(parseOperation);
  const { outcomes, changeSeq } = await changes.batch(parsed, { atomic });
  const isDone = changeSeq !== undefined;
  let errorsLeft = MAX_ERRORS;
  const results = outcomes.map((outcome, index): OperationResult => {
    const problem = isFailed(outcome) ? problemAt(outcome, index) : isDone ? undefined : new Problem("not_done");
    if (problem) {
      // Every failed operation keeps at least one of its errors.
      const document = problem.document(context.get(requestInfoContext).id, Math.max(errorsLeft, 1));
      errorsLeft -= document.errors?.length ?? 0;
      return { status: problem.status, problem: document };
    }
    return resultOf(outcome as Exclude<Outcome, OperationFailure>, parsed[index] as Operation);
  });
  if (!isDone) throw new Problem("batch_failed", { extension: { results } });
  return jsonResponse({ results }, { status: results.some(({ problem }) => problem) ? 207 : 200 });
}

/** The errors in the operations of a batch that is refused for something else. */
async function operationErrors(changes: ReturnType<typeof changesFor>, operations: unknown): Promise<FieldError[]> {
  if (!Array.isArray(operations)) return [];
  const { outcomes } = await changes.batch(operations.map(parseOperation), { atomic: true, isDryRun: true });
  return outcomes.flatMap((outcome, index) =>
    outcome instanceof InvalidFields ? (problemOf(outcome, `/operations/${index}`).details.errors ?? []) : [],
  );
}

function problemAt(failure: OperationFailure, index: number): Problem {
  if (failure instanceof NotDone) return new Problem("not_done");
  if (failure instanceof ListConflict) return listConflictProblem(failure);
  return problemOf(failure, `/operations/${index}`);
}

/** The status and body that the operation would have as a request of its own. */
function resultOf(outcome: Exclude<Outcome, OperationFailure>, { op }: Operation): OperationResult {
  if (op === "delete" || op === "delete_list") return { status: 204 };
  if ("task" in outcome) return { status: 200, ...completedJson(outcome) };
  if ("openCount" in outcome) return { status: op === "create_list" ? 201 : 200, list: listJson(outcome) };
  return { status: op === "create" ? 201 : 200, task: taskJson(outcome) };
}

export const loader = resource({ POST: scoped("tasks:write", batch) });
export const action = loader;
