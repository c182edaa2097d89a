import { type Kysely, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import { inView, matching } from "#app/tasks/conditions.server.ts";
import { decodeCursor, encodeCursor } from "#app/tasks/cursor.server.ts";
import { type Moment, momentAt, startOf } from "#app/tasks/dates.ts";
import { inDayOrder } from "#app/tasks/day-order.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/row.server.ts";
import { found, relevance } from "#app/tasks/search.server.ts";
import { sortOf } from "#app/tasks/sort.server.ts";
import { type Task, TaskId } from "#app/tasks/task.ts";

export interface Page {
  tasks: Task[];
  /** Opens the next page; null on the last. */
  nextCursor: string | null;
}

const SEARCH_LIMIT = 100;

/** Who finds more than this is not looking for one of them: these are compared, and the rest is left. */
const COMPARED = sql.lit(1000);

/** The most rows that one page of a browser shows. */
const PAGE_LIMIT = 200;
const DONE_LIMIT = 50;

/** How one user's tasks are read. `moment` is now unless a caller has one already. */
export function readingTasks(user: Pick<UserRef, "id" | "timezone">, qb: Kysely<Database>) {
  const all = qb.selectFrom("task").where("userId", "=", user.id);
  const mine = all.where("deletedAt", "is", null);

  function momentNow(): Moment {
    return momentAt(Temporal.Now.instant(), user.timezone);
  }

  /** A page in the filter's order; `undefined` when the cursor is not of this user and filter. */
  async function list(
    filter: TaskFilter,
    page: { limit: number; cursor?: string | undefined },
    moment = momentNow(),
  ): Promise<Page | undefined> {
    const scope = JSON.stringify([user.id, filter]);
    const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor, scope);
    if (page.cursor !== undefined && !after) return undefined;
    const sort = sortOf(filter.sort);
    const rows = await all
      .where((eb) => matching(eb, filter, moment))
      .$if(filter.q !== undefined, (query) => query.where(found(user.id, filter.q ?? "")))
      .$if(after !== undefined, (query) => query.where(sort.after(...(after ?? ["", ""]))))
      .select(TASK_COLUMNS)
      .select(sql<string>`${sort.key}::text`.as("sortKey"))
      // All the same, but so that the order is the index's.
      .$if(filter.place !== undefined, (query) => query.orderBy("listId", sort.direction))
      .orderBy(sort.key, sort.direction)
      .orderBy("id", sort.direction)
      .limit(page.limit + 1)
      .execute();
    const last = rows.length > page.limit ? rows[page.limit - 1] : undefined;
    return {
      tasks: rows.slice(0, page.limit).map(toTask),
      nextCursor: last ? encodeCursor([last.sortKey, last.id], scope) : null,
    };
  }

  /** The best first, done ones too. */
  async function search(text: string, limit = SEARCH_LIMIT): Promise<Task[]> {
    const some = mine.where(found(user.id, text)).select(TASK_COLUMNS).select(relevance(user.id, text).as("relevance")).limit(COMPARED);
    const rows = await qb
      .selectFrom(some.as("some"))
      .select(TASK_COLUMNS)
      .orderBy("relevance", "desc")
      .orderBy("status", "desc")
      .orderBy("rank")
      .limit(sql.lit(limit))
      .execute();
    return rows.map(toTask);
  }

  async function find(id: TaskId): Promise<Task | undefined> {
    if (!isTaskId(id)) return undefined;
    const row = await mine.select(TASK_COLUMNS).where("id", "=", id).executeTakeFirst();
    return row && toTask(row);
  }

  /**
   * What is due today or late, in the order of a day: by time, then priority, then hand.
   * And what was completed since the user's day began, the latest first.
   */
  async function today(moment = momentNow()): Promise<{ open: Task[]; done: Task[] }> {
    // One after the other: what is appended stays in its order.
    const rows = await qb
      .selectFrom(firstDue("today", moment, PAGE_LIMIT - DONE_LIMIT).as("open"))
      .selectAll()
      .unionAll(qb.selectFrom(doneSince(startOf(moment.today, moment.timezone)).as("done")).selectAll())
      .execute();
    const tasks = rows.map(toTask);
    const open = tasks.filter(({ status }) => status === "open");
    return { open: inDayOrder(open, moment), done: tasks.filter(({ status }) => status === "done") };
  }

  /** The next fourteen days, in the order of each. */
  async function upcoming(moment = momentNow()): Promise<Task[]> {
    return inDayOrder((await firstDue("upcoming", moment, PAGE_LIMIT).execute()).map(toTask), moment);
  }

  /** By the dates and times that tasks have in their own zones: those are put in the user's order afterwards. */
  function firstDue(view: "today" | "upcoming", moment: Moment, limit: number) {
    return mine
      .where((eb) => inView(eb, view, moment))
      .select(TASK_COLUMNS)
      .orderBy("dueDate")
      .orderBy("dueTime", (order) => order.nullsLast())
      .orderBy("priority", "desc")
      .orderBy("rank")
      .orderBy("id")
      .limit(sql.lit(limit));
  }

  function doneSince(instant: Temporal.Instant) {
    return mine
      .where("status", "=", sql.lit("done"))
      .where("completedAt", ">=", sql<Date>`${instant.toString()}::timestamptz`)
      .select(TASK_COLUMNS)
      .orderBy("completedAt", "desc")
      .limit(sql.lit(DONE_LIMIT));
  }

  return { list, search, find, today, upcoming };
}

/** Postgres throws at text that is no UUID; such an id names no task. */
export function isTaskId(id: string): boolean {
  return TaskId.safeParse(id).success;
}
