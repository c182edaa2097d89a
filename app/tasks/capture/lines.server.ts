import type { RepositoryUser } from "#app/context.ts";
import { inWriteTransaction, type WriteTransaction } from "#app/db/writer.server.ts";
import { type Captured, capture } from "#app/tasks/capture/capture.ts";
import type { CaptureContext } from "#app/tasks/capture/capture-context.ts";
import { type CaptureLine, captureLines } from "#app/tasks/capture/lines.ts";
import { type Failure, isFailure } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";

interface ParsedLine extends CaptureLine {
  captured: Captured;
}

/**
 * Captures each line of a pasted text separately. A rejected text has its line's index (from 0) and a space in front.
 * No list is recognized for a subtask, because it is in its parent's list.
 */
export function parseLines(text: string, context: CaptureContext): ParsedLine[] {
  return captureLines(text).map((line, index) => {
    const rejected = (context.rejected ?? []).filter((one) => one.startsWith(`${index} `)).map((one) => one.slice(`${index} `.length));
    const lists = line.parent === null ? context.lists : [];
    return { ...line, captured: capture(line.text, { ...context, lists, rejected }) };
  });
}

/** Creates all tasks in one transaction and one change, or none. `parent` is the index of an earlier entry. */
export async function createAll(
  user: RepositoryUser,
  entries: readonly { input: TaskInput; parent: number | null }[],
): Promise<Task[] | Failure> {
  try {
    return await inWriteTransaction(user, (transaction) => createInOrder(transaction, user, entries));
  } catch (error) {
    if (error instanceof EntryFailed) return error.outcome;
    throw error;
  }
}

async function createInOrder(transaction: WriteTransaction, user: RepositoryUser, entries: Parameters<typeof createAll>[1]) {
  const tasks = tasksOf(user, transaction);
  const created: Task[] = [];
  for (const { input, parent } of entries) {
    const task = await tasks.create(parent === null ? input : { ...input, parentId: created[parent]?.id ?? null });
    if (isFailure(task)) throw new EntryFailed(task);
    created.push(task);
  }
  return created;
}

class EntryFailed extends Error {
  readonly outcome: Failure;
  constructor(outcome: Failure) {
    super("one of the tasks could not be created");
    this.outcome = outcome;
  }
}
