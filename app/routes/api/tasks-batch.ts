import { scoped } from "#app/auth/bearer-guard.server.ts";
import { requestInfoContext } from "#app/context.ts";
import { Problem } from "#app/http/problem.ts";
import { jsonErrors, readJson } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import { problemOf } from "#app/routes/api/task-response.ts";
import { type Failure, InvalidFields } from "#app/tasks/outcome.ts";
import { isFailed, type Outcome } from "#app/tasks/store/batch.server.ts";
import { BatchEnvelope, Operation, type OperationResult } from "#app/tasks/wire/operation.ts";
import { completedJson, taskJson } from "#app/tasks/wire/task-json.ts";
import type { Route } from "./+types/tasks-batch";

async function batch({ request, context }: Route.ActionArgs): Promise<Response> {
  const { atomic, operations } = await readJson(request, BatchEnvelope);
  const parsed = operations.map(parseOperation);
  const { outcomes, changeSeq } = await tasksFor(context).batch(parsed, { atomic });
  const isDone = changeSeq !== undefined;
  const results = outcomes.map((outcome, index): OperationResult => {
    const problem = problemWith(outcome, parsed[index], index) ?? (isDone ? undefined : new Problem("not_done"));
    if (problem) return { status: problem.status, problem: problem.document(context.get(requestInfoContext).id) };
    return resultOf(outcome as Exclude<Outcome, Failure | undefined>, parsed[index] as Operation);
  });
  if (!isDone) throw new Problem("batch_failed", { extension: { results } });
  return jsonResponse({ results }, { status: results.some(({ problem }) => problem) ? 207 : 200 });
}

/** Parsed one by one: an invalid operation does not stop the others. */
function parseOperation(operation: unknown, index: number): Operation | InvalidFields {
  const { success, data, error } = Operation.safeParse(operation);
  return success ? data : new InvalidFields(jsonErrors(error, ["operations", index]));
}

function problemWith(outcome: Outcome, operation: Operation | Failure | undefined, index: number): Problem | undefined {
  if (!isFailed(outcome)) return undefined;
  return problemOf(outcome, outcome === operation ? "" : `/operations/${index}/task`);
}

/** The status and body that the operation would have as a request of its own. */
function resultOf(outcome: Exclude<Outcome, Failure | undefined>, { op }: Operation): OperationResult {
  if (op === "delete") return { status: 204 };
  if ("task" in outcome) return { status: 200, ...completedJson(outcome) };
  return { status: op === "create" ? 201 : 200, task: taskJson(outcome) };
}

export const loader = resource({ POST: scoped("tasks:write", batch) });
export const action = loader;
