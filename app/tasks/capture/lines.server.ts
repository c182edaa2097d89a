import type { UserRef } from "#app/context.ts";
import { inWriteTransaction, type WriteTransaction } from "#app/db/writer.server.ts";
import { type CaptureContext, type Captured, capture } from "#app/tasks/capture/capture.ts";
import { type CaptureLine, captureLines } from "#app/tasks/capture/lines.ts";
import { type Failure, isFailure } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";

interface ReadLine extends CaptureLine {
  captured: Captured;
}

/**
 * Each line of a pasted text, read by itself; what was rejected begins with its line's number, from 0, and a space.
 * A subtask is in its parent's list, so none is looked for.
 */
export function readLines(text: string, context: CaptureContext): ReadLine[] {
  return captureLines(text).map((line, index) => {
    const rejected = (context.rejected ?? []).filter((one) => one.startsWith(`${index} `)).map((one) => one.slice(`${index} `.length));
    const lists = line.parent === null ? context.lists : [];
    return { ...line, captured: capture(line.text, { ...context, lists, rejected }) };
  });
}

/** A task of each, as one change: all of them, or none. `parent` is the place of one before it, whose subtask it becomes. */
export async function createTogether(
  user: Pick<UserRef, "id" | "timezone">,
  entries: readonly { input: TaskInput; parent: number | null }[],
): Promise<Task[] | Failure> {
  try {
    return await inWriteTransaction(user.id, (transaction) => createIn(transaction, user, entries));
  } catch (error) {
    if (error instanceof RefusedEntry) return error.outcome;
    throw error;
  }
}

async function createIn(
  transaction: WriteTransaction,
  user: Pick<UserRef, "id" | "timezone">,
  entries: Parameters<typeof createTogether>[1],
) {
  const tasks = tasksOf(user, transaction);
  const made: Task[] = [];
  for (const { input, parent } of entries) {
    const task = await tasks.create(parent === null ? input : { ...input, parent_id: made[parent]?.id ?? null });
    if (isFailure(task)) throw new RefusedEntry(task);
    made.push(task);
  }
  return made;
}

/** Thrown so that what the transaction has written already goes back. */
class RefusedEntry extends Error {
  readonly outcome: Failure;
  constructor(outcome: Failure) {
    super("a task among others was refused");
    this.outcome = outcome;
  }
}
