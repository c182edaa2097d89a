import { randomUUIDv7 } from "node:crypto";
import { type ExpressionBuilder, type SqlBool, sql, type UpdateObject } from "kysely";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import type { Database } from "#app/db/schema.ts";
import { decodeCursor, encodeCursor } from "#app/tasks/cursor.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/row.server.ts";
import { sortOf } from "#app/tasks/sort.server.ts";
import { type Task, type TaskChanges, type TaskFilter, TaskId, type TaskInput } from "#app/tasks/task.ts";

/** The task is not at a version that the caller has seen; `current` is what it is now. */
export class VersionConflict {
  readonly current: Task;
  constructor(current: Task) {
    this.current = current;
  }
}

/** `undefined`: this user has no such task, whoever else may. */
type Changed = Task | VersionConflict | undefined;

interface Page {
  tasks: Task[];
  /** Opens the next page; null on the last. */
  nextCursor: string | null;
}

type Tables = Database & { change: { seq: number } };
type TaskValues = UpdateObject<Tables, "task">;
type Condition = (eb: ExpressionBuilder<Tables, "task">) => ReturnType<typeof eb.and>;

/**
 * The only door to the `task` table, and it opens on one user's rows.
 * `versions`, where a method takes it, are those at which the change may happen; without it, at any.
 */
export function tasksOf(user: Pick<UserRef, "id">) {
  const mine = db.selectFrom("task").where("userId", "=", user.id).where("deletedAt", "is", null);

  /** A page in the filter's order; `undefined` when the cursor is not of this user and filter. */
  async function list(filter: TaskFilter, page: { limit: number; cursor?: string | undefined }): Promise<Page | undefined> {
    const scope = JSON.stringify([user.id, filter.status, filter.sort]);
    const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor, scope);
    if (page.cursor !== undefined && !after) return undefined;
    const sort = sortOf(filter.sort);
    let query = mine.select(TASK_COLUMNS).select(sql<string>`${sort.key}::text`.as("sortKey"));
    if (filter.status !== "all") query = query.where("status", "=", filter.status);
    if (after) query = query.where(sort.after(...after));
    const rows = await query
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

  async function find(id: TaskId): Promise<Task | undefined> {
    if (!isTaskId(id)) return undefined;
    const row = await mine.select(TASK_COLUMNS).where("id", "=", id).executeTakeFirst();
    return row && toTask(row);
  }

  /** The new task is the last in hand order. */
  async function create({ due, ...input }: TaskInput): Promise<Task> {
    const row = await withNextChange()
      .insertInto("task")
      .values({
        ...input,
        userId: user.id,
        id: randomUUIDv7(),
        dueDate: due?.date ?? null,
        completedAt: input.status === "done" ? sql<Date>`now()` : null,
        // Change numbers only grow, so one written as a fractional index comes after every rank before it.
        rank: sql<string>`'k' || lpad((select seq from change)::text, 11, '0')`,
        changeSeq: sql<number>`(select seq from change)`,
      })
      .returning(TASK_COLUMNS)
      .executeTakeFirstOrThrow();
    return toTask(row);
  }

  /** Changes what differs; when nothing does, nothing happens and the version stays. */
  async function update(id: TaskId, { due, ...changes }: TaskChanges, versions?: number[]): Promise<Changed> {
    const values = { ...changes, ...(due !== undefined && { dueDate: due?.date ?? null }) };
    const columns = Object.keys(values) as (keyof typeof values)[];
    if (columns.length === 0) return unchanged(id, versions);
    return (
      (await write(id, { ...values, ...completion(changes.status) }, (eb) =>
        eb.and([isAt(eb, versions), eb.or(columns.map((column) => eb(column, "is distinct from", values[column] ?? null)))]),
      )) ?? unchanged(id, versions)
    );
  }

  /** To the trash. */
  async function remove(id: TaskId, versions?: number[]): Promise<Changed> {
    return (await write(id, { deletedAt: sql`now()` }, (eb) => isAt(eb, versions))) ?? unchanged(id, versions);
  }

  /** Out of the trash again. */
  async function restore(id: TaskId): Promise<Task | undefined> {
    return write(id, { deletedAt: null }, (eb) => eb.and([eb("deletedAt", "is not", null)]));
  }

  async function write(id: TaskId, values: TaskValues, condition: Condition): Promise<Task | undefined> {
    if (!isTaskId(id)) return undefined;
    const row = await withNextChange()
      .updateTable("task")
      .set({ ...values, updatedAt: sql`now()`, version: sql`version + 1`, changeSeq: sql`(select seq from change)` })
      .where("userId", "=", user.id)
      .where("id", "=", id)
      .where(condition)
      .returning(TASK_COLUMNS)
      .executeTakeFirst();
    return row && toTask(row);
  }

  /** Takes the user's next change number in the statement that uses it, and with it the user's write lock. */
  function withNextChange() {
    return db.with("change", (qb) =>
      qb
        .insertInto("changeSequence")
        .values({ userId: user.id, lastValue: 1 })
        .onConflict((conflict) => conflict.column("userId").doUpdateSet({ lastValue: sql`change_sequence.last_value + 1` }))
        .returning("lastValue as seq"),
    );
  }

  async function unchanged(id: TaskId, versions?: number[]): Promise<Changed> {
    const current = await find(id);
    return current && versions && !versions.includes(current.version) ? new VersionConflict(current) : current;
  }

  return { list, find, create, update, remove, restore };
}

/** Postgres throws at text that is no UUID; such an id names no task. */
function isTaskId(id: string): boolean {
  return TaskId.safeParse(id).success;
}

function isAt(eb: ExpressionBuilder<Tables, "task">, versions?: number[]) {
  const live = eb("deletedAt", "is", null);
  return versions ? eb.and([live, sql<SqlBool>`version = any(${versions})`]) : eb.and([live]);
}

function completion(status?: Task["status"]): TaskValues {
  if (status === undefined) return {};
  return { completedAt: status === "done" ? sql`coalesce(completed_at, now())` : null };
}
