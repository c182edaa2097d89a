import type { UserRef } from "#app/context.ts";
import { changesOf, type Turn } from "#app/db/change.server.ts";
import { aroundTasks } from "#app/tasks/around.server.ts";
import { readingTasks } from "#app/tasks/reads.server.ts";
import { doingTasks } from "#app/tasks/verbs.server.ts";
import { writingTasks } from "#app/tasks/writes.server.ts";

/** The only door to the `task` table, and it opens on one user's rows. Within `turn`, everything is part of it. */
export function tasksOf(user: Pick<UserRef, "id" | "timezone">, turn?: Turn) {
  const changes = changesOf(user.id, turn);
  const { onTask, ...writing } = writingTasks(user, changes);
  return { ...readingTasks(user, changes.qb), ...aroundTasks(user, changes.qb), ...writing, ...doingTasks(user, changes, onTask) };
}
