import type { UserRef } from "#app/context.ts";
import { type Writer, type WriteTransaction, writerFor } from "#app/db/writer.server.ts";
import { batchingTasks } from "#app/tasks/store/batch.server.ts";
import { doingTasks } from "#app/tasks/store/commands.server.ts";
import { labellingTasks } from "#app/tasks/store/labels.server.ts";
import { readingTasks } from "#app/tasks/store/queries.server.ts";
import { aroundTasks } from "#app/tasks/store/related.server.ts";
import { writingTasks } from "#app/tasks/store/writes.server.ts";

type User = Pick<UserRef, "id" | "timezone">;

/** The only door to the `task` table, and it opens on one user's rows. Within `transaction`, everything is part of it. */
export function tasksOf(user: User, transaction?: WriteTransaction) {
  const writer = writerFor(user.id, transaction);
  const tasksIn = (part = transaction) => oneByOne(user, writerFor(user.id, part));
  return { ...oneByOne(user, writer), ...batchingTasks(user.id, writer, tasksIn) };
}

function oneByOne(user: User, writer: Writer) {
  const { onTask, ...writing } = writingTasks(user, writer);
  const reading = { ...readingTasks(user, writer.qb), ...aroundTasks(user, writer.qb) };
  return { ...reading, ...writing, ...doingTasks(user, writer, onTask), ...labellingTasks(user, writer) };
}
