import { type Kysely, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { inDayOrder } from "#app/tasks/dates.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { filterCondition, searchCondition, searchRank, viewCondition } from "#app/tasks/store/filter-sql.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import { decodeCursor, encodeCursor, pageStatement } from "#app/tasks/store/paging.server.ts";
import { findIn } from "#app/tasks/store/rows.server.ts";
import { isTaskId, type Task, type TaskId } from "#app/tasks/task.ts";
import { startOfDay, type UserNow, userNowAt } from "#app/time.ts";

export interface Page {
  tasks: Task[];
  nextCursor: string | null;
}

const SEARCH_LIMIT = 100;

/** Rank at most this many matches; beyond that, which ones are ranked is arbitrary. */
const MAX_RANKED = sql.lit(1000);

const PAGE_LIMIT = 200;
const DONE_LIMIT = 50;
const OPEN_LIMIT = PAGE_LIMIT - DONE_LIMIT;

export function taskQueries(user: Pick<UserRef, "id" | "timezone">, qb: Kysely<Database>) {
  const all = qb.selectFrom("task").where("userId", "=", user.id);
  const mine = all.where("deletedAt", "is", null);

  function nowOfUser(): UserNow {
    return userNowAt(Temporal.Now.instant(), user.timezone);
  }

  /** One page in the filter's order; `undefined` if the cursor is not one of this user and filter. */
  async function list(
    filter: TaskFilter,
    page: { limit: number; cursor?: string | undefined },
    userNow?: UserNow,
  ): Promise<Page | undefined> {
    const scope = JSON.stringify([user.id, filter]);
    const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor, scope);
    if (page.cursor !== undefined && !after) return undefined;
    const [key, id] = after ?? ["", ""];
    const statement = pageStatement(filter, after === undefined, () => userNow ?? nowOfUser());
    const { rows } = await qb.executeQuery(statement({ userId: user.id, key, id, limit: page.limit + 1 }));
    const last = rows.length > page.limit ? rows[page.limit - 1] : undefined;
    return {
      tasks: rows.slice(0, page.limit).map(toTask),
      nextCursor: last ? encodeCursor([last.sortKey, last.id], scope) : null,
    };
  }

  /** Best match first; done tasks too, unless the filter excludes them. */
  async function search(text: string, filter: Omit<TaskFilter, "q" | "sort"> = { status: "all" }, limit = SEARCH_LIMIT): Promise<Task[]> {
    const some = all
      .where((eb) => filterCondition(eb, user.id, filter, nowOfUser))
      .where(searchCondition(user.id, text))
      .select(TASK_COLUMNS)
      .select(searchRank(user.id, text).as("relevance"))
      .limit(MAX_RANKED);
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
    return isTaskId(id) ? findIn({ qb }, user.id, id) : undefined;
  }

  /**
   * `open`: tasks due today or earlier, in the order of `inDayOrder`. `done`: tasks completed since the user's day began,
   * latest first. `isCut`: there are more than are returned.
   */
  async function today(userNow = nowOfUser()): Promise<{ open: Task[]; done: Task[]; isCut: { open: boolean; done: boolean } }> {
    // `union all` keeps the order of both parts.
    const rows = await firstDue("today", userNow, OPEN_LIMIT)
      .unionAll(qb.selectFrom(doneSince(startOfDay(userNow.today, userNow.timezone)).as("done")).selectAll())
      .execute();
    const tasks = rows.map(toTask);
    const open = tasks.filter(({ status }) => status === "open");
    const done = tasks.filter(({ status }) => status === "done");
    return {
      open: inDayOrder(open, userNow).slice(0, OPEN_LIMIT),
      done: done.slice(0, DONE_LIMIT),
      isCut: { open: open.length > OPEN_LIMIT, done: done.length > DONE_LIMIT },
    };
  }

  /** In the order of `inDayOrder`. */
  async function upcoming(userNow = nowOfUser()): Promise<{ tasks: Task[]; isCut: boolean }> {
    const rows = await firstDue("upcoming", userNow, PAGE_LIMIT).execute();
    return { tasks: inDayOrder(rows.map(toTask), userNow).slice(0, PAGE_LIMIT), isCut: rows.length > PAGE_LIMIT };
  }

  /**
   * The first `limit + 1` due tasks without a time zone and the first `limit + 1` with one: the first `limit + 1` of all
   * are among them. Each part is read in the order of its index.
   */
  function firstDue(view: "today" | "upcoming", userNow: UserNow, limit: number) {
    const due = mine.where((eb) => viewCondition(eb, view, userNow)).select(TASK_COLUMNS);
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

  function doneSince(instant: Temporal.Instant) {
    return mine
      .where("status", "=", sql.lit("done"))
      .where("completedAt", ">=", sql<Timestamp>`${instant.toString()}::timestamptz`)
      .select(TASK_COLUMNS)
      .orderBy("completedAt", "desc")
      .limit(sql.lit(DONE_LIMIT + 1));
  }

  return { list, search, find, today, upcoming };
}
