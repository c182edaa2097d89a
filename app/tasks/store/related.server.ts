import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import { labelled } from "#app/tasks/store/labels.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import type { Task, TaskId } from "#app/tasks/task.ts";

export interface Surroundings {
  /** Of its subtasks; null when it has none. */
  progress: { done: number; total: number } | null;
  parentTitle: string | null;
}

const SUBTASK_LIMIT = 200;

/** What a page says around one user's tasks. */
export function aroundTasks(user: Pick<UserRef, "id">, qb: Kysely<Database>) {
  const all = qb.selectFrom("task").where("userId", "=", user.id);
  const mine = all.where("deletedAt", "is", null);

  /** For each of these tasks, what its row says of others: how far its subtasks are, and whose subtask it is. */
  async function surroundings(tasks: Task[]): Promise<Map<string, Surroundings>> {
    return byTask(tasks, await around(tasks).execute());
  }

  /** The same, and the labels of all open tasks, for a page that offers to choose one. */
  async function surroundingsAndLabels(tasks: Task[]): Promise<{ around: Map<string, Surroundings>; labels: string[] }> {
    const labels = labelled(qb, user)
      .where("status", "=", sql.lit("open"))
      .select([sql<string | null>`null::uuid`.as("id"), "label.name as title", sql<number>`0`.as("total"), sql<number>`0`.as("done")])
      .distinct();
    const rows = await around(tasks).unionAll(labels).execute();
    const names = rows.flatMap(({ id, title }) => (id === null && title !== null ? title : []));
    return {
      around: byTask(
        tasks,
        rows.filter(({ id }) => id !== null),
      ),
      labels: names.sort((a, b) => a.localeCompare(b, "en")),
    };
  }

  function around(tasks: Task[]) {
    const ids = tasks.map(({ id }) => id);
    const parentIds = tasks.flatMap(({ parentId }) => parentId ?? []);
    return mine
      .select((eb) => ["parentId as id", sql<string | null>`null`.as("title"), eb.fn.countAll<number>().as("total"), doneCount(eb)])
      .where("parentId", "=", sql<string>`any(${ids}::uuid[])`)
      .groupBy("parentId")
      .unionAll(
        all
          .select(["id", "title", sql<number>`0`.as("total"), sql<number>`0`.as("done")])
          .where("id", "=", sql<string>`any(${parentIds}::uuid[])`),
      );
  }

  /** Its subtasks in hand order, done ones too. */
  async function subtasksOf(id: TaskId): Promise<Task[]> {
    const rows = await mine.select(TASK_COLUMNS).where("parentId", "=", id).orderBy("rank").orderBy("id").limit(SUBTASK_LIMIT).execute();
    return rows.map(toTask);
  }

  /** What tasks are called, by their ids, in the trash too. */
  async function titlesOf(ids: TaskId[]): Promise<Map<TaskId, string>> {
    if (ids.length === 0) return new Map();
    const rows = await all.select(["id", "title"]).where("id", "=", sql<string>`any(${ids}::uuid[])`).execute();
    return new Map(rows.map(({ id, title }) => [id, title]));
  }

  /** Those that other tasks can be below, by what they are called. */
  async function titled(title: string): Promise<TaskId[]> {
    const rows = await mine.select("id").where("title", "=", title).where("parentId", "is", null).limit(2).execute();
    return rows.map(({ id }) => id);
  }

  return { surroundings, surroundingsAndLabels, subtasksOf, titlesOf, titled };
}

/** A row without a title counts the subtasks of its id, and one with a title names a parent. */
interface AroundRow {
  id: string | null;
  title: string | null;
  total: number;
  done: number;
}

function byTask(tasks: Task[], rows: AroundRow[]): Map<string, Surroundings> {
  const progress = new Map(rows.filter((row) => row.title === null).map((row) => [row.id, { done: row.done, total: row.total }]));
  const titles = new Map(rows.filter((row) => row.title !== null).map((row) => [row.id, row.title]));
  return new Map(tasks.map(({ id, parentId }) => [id, { progress: progress.get(id) ?? null, parentTitle: titles.get(parentId) ?? null }]));
}

function doneCount(eb: ExpressionBuilder<Database, "task">) {
  return eb.fn.countAll<number>().filterWhere("status", "=", "done").as("done");
}
