import type { UserRef } from "#app/context.ts";
import { type Changes, changesOf, type Turn } from "#app/db/writer.server.ts";
import { batchingTasks } from "#app/tasks/store/batch.server.ts";
import { doingTasks } from "#app/tasks/store/commands.server.ts";
import { labellingTasks } from "#app/tasks/store/labels.server.ts";
import { readingTasks } from "#app/tasks/store/queries.server.ts";
import { aroundTasks } from "#app/tasks/store/related.server.ts";
import { writingTasks } from "#app/tasks/store/writes.server.ts";

type User = Pick<UserRef, "id" | "timezone">;

/** The only door to the `task` table, and it opens on one user's rows. Within `turn`, everything is part of it. */
export function tasksOf(user: User, turn?: Turn) {
  const changes = changesOf(user.id, turn);
  const tasksIn = (part = turn) => oneByOne(user, changesOf(user.id, part));
  return { ...oneByOne(user, changes), ...batchingTasks(user.id, changes, tasksIn) };
}

function oneByOne(user: User, changes: Changes) {
  const { onTask, ...writing } = writingTasks(user, changes);
  const reading = { ...readingTasks(user, changes.qb), ...aroundTasks(user, changes.qb) };
  return { ...reading, ...writing, ...doingTasks(user, changes, onTask), ...labellingTasks(user, changes) };
}
