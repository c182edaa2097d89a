import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import type { PastTask } from "#app/tasks/forms/history.ts";
import { labelledTasks } from "#app/tasks/store/labels.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import type { Task, TaskId } from "#app/tasks/task.ts";

export interface TaskRelations {
  /** Of its subtasks; null when it has none. */
  progress: { done: number; total: number } | null;
  parentTitle: string | null;
}

export interface Revision {
  version: number;
  row: PastTask;
  /** When the next version took its place; for the present one, when it came. */
  replacedAt: string;
}

const HISTORY_LIMIT = 50;
const SUBTASK_LIMIT = 200;

/** What a page says around one user's tasks: subtasks and history. */
export function relatedTasks(user: Pick<UserRef, "id">, qb: Kysely<Database>) {
  const all = qb.selectFrom("task").where("userId", "=", user.id);
  const mine = all.where("deletedAt", "is", null);

  /** For each of these tasks, what its row says of others: how far its subtasks are, and whose subtask it is. */
  async function relations(tasks: Task[]): Promise<Map<string, TaskRelations>> {
    return byTask(tasks, await around(tasks).execute());
  }

  /** The same, and the labels of all open tasks, for a page that offers to choose one. */
  async function relationsAndLabels(tasks: Task[]): Promise<{ around: Map<string, TaskRelations>; labels: string[] }> {
    const labels = labelledTasks(qb, user)
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

  /** The task's row as it is and as it was before each of its latest changes, the newest first. */
  async function historyOf(id: TaskId): Promise<Revision[]> {
    const rows = await qb
      .selectFrom("taskRevision")
      .select(["version", sql<PastTask>`task`.as("task"), "replacedAt"])
      .where("userId", "=", user.id)
      .where("taskId", "=", id)
      .unionAll(all.select(["version", sql<PastTask>`to_jsonb(task)`.as("task"), "updatedAt as replacedAt"]).where("id", "=", id))
      .orderBy("version", "desc")
      .limit(HISTORY_LIMIT)
      .execute();
    return rows.map((row) => ({ version: row.version, row: row.task, replacedAt: row.replacedAt.toISOString() }));
  }

  /** What tasks are called, by their ids, in the trash too. */
  async function titlesOf(ids: TaskId[]): Promise<Map<TaskId, string>> {
    if (ids.length === 0) return new Map();
    const rows = await all.select(["id", "title"]).where("id", "=", sql<string>`any(${ids}::uuid[])`).execute();
    return new Map(rows.map(({ id, title }) => [id, title]));
  }

  /** Those that other tasks can be below, by what they are called. */
  async function findByTitle(title: string): Promise<TaskId[]> {
    const rows = await mine.select("id").where("title", "=", title).where("parentId", "is", null).limit(2).execute();
    return rows.map(({ id }) => id);
  }

  return { relations, relationsAndLabels, subtasksOf, historyOf, titlesOf, findByTitle };
}

/** A row without a title counts the subtasks of its id, and one with a title names a parent. */
interface RelationRow {
  id: string | null;
  title: string | null;
  total: number;
  done: number;
}

function byTask(tasks: Task[], rows: RelationRow[]): Map<string, TaskRelations> {
  const progress = new Map(rows.filter((row) => row.title === null).map((row) => [row.id, { done: row.done, total: row.total }]));
  const titles = new Map(rows.filter((row) => row.title !== null).map((row) => [row.id, row.title]));
  return new Map(tasks.map(({ id, parentId }) => [id, { progress: progress.get(id) ?? null, parentTitle: titles.get(parentId) ?? null }]));
}

function doneCount(eb: ExpressionBuilder<Database, "task">) {
  return eb.fn.countAll<number>().filterWhere("status", "=", "done").as("done");
}
