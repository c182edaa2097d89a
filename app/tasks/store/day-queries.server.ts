import { type Kysely, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { inDayOrder } from "#app/tasks/day-order.ts";
import { viewCondition } from "#app/tasks/store/filter-sql.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { startOfDay, type UserNow, userNowAt } from "#app/time.ts";

const PAGE_LIMIT = 200;
const DONE_LIMIT = 50;
const OPEN_LIMIT = PAGE_LIMIT - DONE_LIMIT;

/** The tasks of Today and Upcoming. */
export function dayQueries(user: Pick<UserRef, "id" | "timezone">, qb: Kysely<Database>) {
  const now = () => userNowAt(Temporal.Now.instant(), user.timezone);

  /**
   * `open`: tasks due today or earlier, in the order of `inDayOrder`. `done`: tasks completed since the user's day began,
   * latest first. `isCut`: there are more than are returned.
   */
  async function today(userNow = now()): Promise<{ open: Task[]; done: Task[]; isCut: { open: boolean; done: boolean } }> {
    // `union all` keeps the order of both parts.
    const rows = await firstDue(qb, user.id, "today", userNow, OPEN_LIMIT)
      .unionAll(qb.selectFrom(doneSince(qb, user.id, startOfDay(userNow.today, userNow.timezone)).as("done")).selectAll())
      .execute();
    const tasks = rows.map(toTask);
    const open = tasks.filter(({ status }) => status === "open");
    const done = tasks.filter(({ status }) => status === "done");
    return {
      open: inDayOrder(open, userNow.timezone).slice(0, OPEN_LIMIT),
      done: done.slice(0, DONE_LIMIT),
      isCut: { open: open.length > OPEN_LIMIT, done: done.length > DONE_LIMIT },
    };
  }

  /** In the order of `inDayOrder`. */
  async function upcoming(userNow = now()): Promise<{ tasks: Task[]; isCut: boolean }> {
    const rows = await firstDue(qb, user.id, "upcoming", userNow, PAGE_LIMIT).execute();
    return { tasks: inDayOrder(rows.map(toTask), userNow.timezone).slice(0, PAGE_LIMIT), isCut: rows.length > PAGE_LIMIT };
  }

  return { today, upcoming };
}

function mine(qb: Kysely<Database>, userId: string) {
  return qb.selectFrom("task").where("userId", "=", userId).where("deletedAt", "is", null);
}

/**
 * The first `limit + 1` due tasks without a time zone and the first `limit + 1` with one: the first `limit + 1` of all
 * are among them. Each part is read in the order of its index.
 */
function firstDue(qb: Kysely<Database>, userId: string, view: "today" | "upcoming", userNow: UserNow, limit: number) {
  const due = mine(qb, userId)
    .where((eb) => viewCondition(eb, view, userNow))
    .select(TASK_COLUMNS);
  const floating = due
    .where("dueAt", "is", null)
    .orderBy("dueDate")
    .orderBy("dueTime", (order) => order.nullsLast());
  const fixed = due.where("dueAt", "is not", null).orderBy("dueAt");
  const firstOf = (tasks: typeof fixed) =>
    qb
      .selectFrom(
        tasks
          .orderBy("priority", "desc")
          .orderBy("rank")
          .orderBy("id")
          .limit(sql.lit(limit + 1))
          .as("first"),
      )
      .selectAll();
  return firstOf(floating).unionAll(firstOf(fixed));
}

function doneSince(qb: Kysely<Database>, userId: string, instant: Temporal.Instant) {
  return mine(qb, userId)
    .where("status", "=", sql.lit("done"))
    .where("completedAt", ">=", sql<Timestamp>`${instant.toString()}::timestamptz`)
    .select(TASK_COLUMNS)
    .orderBy("completedAt", "desc")
    .limit(sql.lit(DONE_LIMIT + 1));
}
