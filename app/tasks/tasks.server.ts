import type { UserRef } from "#app/context.ts";
import { aroundTasks } from "#app/tasks/around.server.ts";
import { readingTasks } from "#app/tasks/reads.server.ts";
import { doingTasks } from "#app/tasks/verbs.server.ts";
import { writingTasks } from "#app/tasks/writes.server.ts";

/** The only door to the `task` table, and it opens on one user's rows. */
export function tasksOf(user: Pick<UserRef, "id" | "timezone">) {
  const { onTask, ...writing } = writingTasks(user);
  return { ...readingTasks(user), ...aroundTasks(user), ...writing, ...doingTasks(user, onTask) };
}
