import { type ExpressionBuilder, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import type { Database } from "#app/db/schema.ts";
import { inView, matching } from "#app/tasks/conditions.server.ts";
import { decodeCursor, encodeCursor } from "#app/tasks/cursor.server.ts";
import { type Moment, momentAt, startOf } from "#app/tasks/dates.ts";
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

export interface Surroundings {
  /** Of its subtasks; null when it has none. */
  progress: { done: number; total: number } | null;
  parentTitle: string | null;
}

export interface Revision {
  version: number;
  /** The row, under its column names. */
  row: Record<string, unknown>;
  /** When the next version took its place; for the present one, when it came. */
  replacedAt: string;
}

const HISTORY_LIMIT = 50;
const SEARCH_LIMIT = 100;

/** The most that one page of a browser shows. */
const PAGE_LIMIT = 200;

/** How one user's tasks are read. `moment` is now unless a caller has one already. */
export function readingTasks(user: Pick<UserRef, "id" | "timezone">) {
  const all = db.selectFrom("task").where("userId", "=", user.id);
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
      .$if(after !== undefined, (query) => query.where(sort.after(...(after ?? ["", ""]))))
      .select(TASK_COLUMNS)
      .select(sql<string>`${sort.key}::text`.as("sortKey"))
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
  async function search(text: string): Promise<Task[]> {
    const rows = await mine
      .where(found(text))
      .select(TASK_COLUMNS)
      .orderBy(relevance(text), "desc")
      .orderBy("status", "desc")
      .orderBy("rank")
      .limit(SEARCH_LIMIT)
      .execute();
    return rows.map(toTask);
  }

  async function find(id: TaskId): Promise<Task | undefined> {
    if (!isTaskId(id)) return undefined;
    const row = await mine.select(TASK_COLUMNS).where("id", "=", id).executeTakeFirst();
    return row && toTask(row);
  }

  /** Due today or late, in the order of a day: by time, then priority, then hand. */
  async function today(moment = momentNow()): Promise<Task[]> {
    return inDayOrder("today", moment);
  }

  /** The next fourteen days, in the same order. */
  async function upcoming(moment = momentNow()): Promise<Task[]> {
    return inDayOrder("upcoming", moment);
  }

  async function inDayOrder(view: "today" | "upcoming", moment: Moment): Promise<Task[]> {
    const rows = await mine
      .where((eb) => inView(eb, view, moment))
      .select(TASK_COLUMNS)
      .orderBy("dueDate")
      .orderBy("dueTime", (order) => order.nullsLast())
      .orderBy("priority", "desc")
      .orderBy("rank")
      .orderBy("id")
      .limit(PAGE_LIMIT)
      .execute();
    return rows.map(toTask);
  }

  /** Completed since the user's day began, the latest first. */
  async function doneToday(moment = momentNow()): Promise<Task[]> {
    const rows = await mine
      .where("status", "=", "done")
      .where("completedAt", ">=", sql<Date>`${startOf(moment.today, moment.timezone).toString()}::timestamptz`)
      .select(TASK_COLUMNS)
      .orderBy("completedAt", "desc")
      .limit(PAGE_LIMIT)
      .execute();
    return rows.map(toTask);
  }

  /** For each of these tasks, what its row says of others: how far its subtasks are, and whose subtask it is. */
  async function surroundings(tasks: Task[]): Promise<Map<string, Surroundings>> {
    const ids = tasks.map(({ id }) => id);
    const parentIds = tasks.flatMap(({ parentId }) => parentId ?? []);
    const rows = await mine
      .select((eb) => ["parentId as id", sql<string | null>`null`.as("title"), eb.fn.countAll<number>().as("total"), doneCount(eb)])
      .where("parentId", "=", sql<string>`any(${ids}::uuid[])`)
      .groupBy("parentId")
      .unionAll(
        all
          .select(["id", "title", sql<number>`0`.as("total"), sql<number>`0`.as("done")])
          .where("id", "=", sql<string>`any(${parentIds}::uuid[])`),
      )
      .execute();
    const progress = new Map(rows.filter((row) => row.title === null).map((row) => [row.id, { done: row.done, total: row.total }]));
    const titles = new Map(rows.filter((row) => row.title !== null).map((row) => [row.id, row.title]));
    return new Map(
      tasks.map(({ id, parentId }) => [id, { progress: progress.get(id) ?? null, parentTitle: titles.get(parentId) ?? null }]),
    );
  }

  /** Its subtasks in hand order, done ones too. */
  async function subtasksOf(id: TaskId): Promise<Task[]> {
    const rows = await mine.select(TASK_COLUMNS).where("parentId", "=", id).orderBy("rank").orderBy("id").limit(PAGE_LIMIT).execute();
    return rows.map(toTask);
  }

  /** The task's row as it is and as it was before each of its latest changes, the newest first. */
  async function historyOf(id: TaskId): Promise<Revision[]> {
    const rows = await db
      .selectFrom("taskRevision")
      .select(["version", "task", "replacedAt"])
      .where("userId", "=", user.id)
      .where("taskId", "=", id)
      .unionAll(
        all.select(["version", sql<Record<string, unknown>>`to_jsonb(task)`.as("task"), "updatedAt as replacedAt"]).where("id", "=", id),
      )
      .orderBy("version", "desc")
      .limit(HISTORY_LIMIT)
      .execute();
    return rows.map((row) => ({ version: row.version, row: row.task, replacedAt: row.replacedAt.toISOString() }));
  }

  /** Every label of an open task, with how many have it. */
  async function labels(): Promise<{ name: string; openCount: number }[]> {
    return mine
      .where("status", "=", "open")
      .innerJoinLateral(sql<{ name: string }>`unnest(labels)`.as<"label">(sql`label(name)`), (join) => join.onTrue())
      .select((eb) => ["label.name", eb.fn.countAll<number>().as("openCount")])
      .groupBy("label.name")
      .orderBy("label.name")
      .execute();
  }

  /** Open tasks in each view that the side bar names. */
  async function counts(moment = momentNow()): Promise<{ today: number; upcoming: number; inbox: number }> {
    return mine
      .where("status", "=", "open")
      .select((eb) => [
        eb.fn
          .countAll<number>()
          .filterWhere(inView(eb, "today", moment))
          .as("today"),
        eb.fn
          .countAll<number>()
          .filterWhere(inView(eb, "upcoming", moment))
          .as("upcoming"),
        eb.fn
          .countAll<number>()
          .filterWhere(inView(eb, "inbox", moment))
          .as("inbox"),
      ])
      .executeTakeFirstOrThrow();
  }

  return { list, search, find, today, upcoming, doneToday, surroundings, subtasksOf, historyOf, labels, counts };
}

function doneCount(eb: ExpressionBuilder<Database, "task">) {
  return eb.fn.countAll<number>().filterWhere("status", "=", "done").as("done");
}

/** Postgres throws at text that is no UUID; such an id names no task. */
export function isTaskId(id: string): boolean {
  return TaskId.safeParse(id).success;
}
