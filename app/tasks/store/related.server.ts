import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import { labelledTasks } from "#app/tasks/store/labels.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import type { Task, TaskId } from "#app/tasks/task.ts";
import type { TaskRelations } from "#app/tasks/task-view.ts";

const SUBTASK_LIMIT = 200;

/** The order of `natural_order` in SQL: English has no rules of its own. */
const inNaturalOrder = new Intl.Collator("en", { numeric: true }).compare;

/** How one user's tasks relate to one another: subtasks, parents and titles. */
export function relatedTasks(user: Pick<UserRef, "id">, qb: Kysely<Database>) {
  const all = qb.selectFrom("task").where("userId", "=", user.id);
  const mine = all.where("deletedAt", "is", null);

  async function relations(tasks: Task[]): Promise<Map<string, TaskRelations>> {
    return relationsByTask(tasks, await relationRows(tasks).execute());
  }

  /** With the labels of all open tasks, in one query. */
  async function relationsAndLabels(tasks: Task[]): Promise<{ relations: Map<string, TaskRelations>; labels: string[] }> {
    const labels = labelledTasks(qb, user)
      .where("status", "=", sql.lit("open"))
      .select([sql<string | null>`null::uuid`.as("id"), "label.name as title", sql<number>`0`.as("total"), sql<number>`0`.as("done")])
      .distinct();
    const rows = await relationRows(tasks).unionAll(labels).execute();
    const names = rows.flatMap(({ id, title }) => (id === null && title !== null ? title : []));
    return {
      relations: relationsByTask(
        tasks,
        rows.filter(({ id }) => id !== null),
      ),
      labels: names.sort(inNaturalOrder),
    };
  }

  function relationRows(tasks: Task[]) {
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

  /** In manual order, done ones too; at most 200. */
  async function subtasksOf(id: TaskId): Promise<Task[]> {
    const rows = await mine.select(TASK_COLUMNS).where("parentId", "=", id).orderBy("rank").orderBy("id").limit(SUBTASK_LIMIT).execute();
    return rows.map(toTask);
  }

  /** By id, tasks in the trash too. */
  async function titlesOf(ids: TaskId[]): Promise<Map<TaskId, string>> {
    if (ids.length === 0) return new Map();
    const rows = await all.select(["id", "title"]).where("id", "=", sql<string>`any(${ids}::uuid[])`).execute();
    return new Map(rows.map(({ id, title }) => [id, title]));
  }

  /** Those of the ids that are tasks outside the trash. */
  async function existing(ids: TaskId[]): Promise<Set<TaskId>> {
    if (ids.length === 0) return new Set();
    const rows = await mine.select("id").where("id", "=", sql<string>`any(${ids}::uuid[])`).execute();
    return new Set(rows.map(({ id }) => id));
  }

  /** Tasks that may be a parent and have exactly this title; at most two, enough to see that a title is ambiguous. */
  async function findByTitle(title: string): Promise<TaskId[]> {
    const rows = await mine.select("id").where("title", "=", title).where("parentId", "is", null).limit(2).execute();
    return rows.map(({ id }) => id);
  }

  return { relations, relationsAndLabels, subtasksOf, titlesOf, existing, findByTitle };
}

/** With a title, the row names a parent; without one, it counts the subtasks of `id`. */
interface RelationRow {
  id: string | null;
  title: string | null;
  total: number;
  done: number;
}

function relationsByTask(tasks: Task[], rows: RelationRow[]): Map<string, TaskRelations> {
  const progress = new Map(rows.filter((row) => row.title === null).map((row) => [row.id, { done: row.done, total: row.total }]));
  const titles = new Map(rows.filter((row) => row.title !== null).map((row) => [row.id, row.title]));
  return new Map(tasks.map(({ id, parentId }) => [id, { progress: progress.get(id) ?? null, parentTitle: titles.get(parentId) ?? null }]));
}

function doneCount(eb: ExpressionBuilder<Database, "task">) {
  return eb.fn.countAll<number>().filterWhere("status", "=", "done").as("done");
}
