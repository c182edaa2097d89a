import { isDeepStrictEqual } from "node:util";
import { type Kysely, sql } from "kysely";
import { fieldsOf, type TaskAction, taskAction } from "#app/changes/action.ts";
import type { LoggedOrigin } from "#app/changes/change-log.server.ts";
import { type PageRequest, pageOf } from "#app/changes/history-pages.server.ts";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { TASK_COLUMNS, type TaskRow, toTask } from "#app/tasks/store/mapping.server.ts";
import { findIn } from "#app/tasks/store/rows.server.ts";
import { isTaskId, type Task, type TaskId } from "#app/tasks/task.ts";

/** A version of a task, and what the change that wrote it did. */
export interface TaskVersion {
  task: Task;
  at: string;
  /** Null if the change is not in the log: it is older, or of a background job. */
  origin: LoggedOrigin | null;
  action: TaskAction;
  fields: string[];
}

export interface VersionPage {
  versions: TaskVersion[];
  nextCursor: string | null;
}

type VersionRow = TaskRow & { writtenAt: Timestamp; origin: LoggedOrigin | null };

export function taskVersionsOf(userId: string, qb: Kysely<Database>) {
  /** Newest first, beginning with the task as it is. `undefined`: no such task outside the trash; `malformed`: not a cursor of this task. */
  async function versions(id: TaskId, page: PageRequest): Promise<VersionPage | "malformed" | undefined> {
    if (!isTaskId(id)) return undefined;
    const found = await pageOf(`${userId}\n${id}`, page, ({ version }: VersionRow) => version, rowsBelow(id));
    const isEmpty = !found || found.rows.length === 0;
    if (isEmpty && !(await findIn({ qb }, userId, id))) return undefined;
    return found ? { versions: described(found.rows).slice(0, page.limit), nextCursor: found.nextCursor } : "malformed";
  }

  /** A version from before a column was added has the column's value of now. */
  function rowsBelow(id: TaskId) {
    return async (version: number, limit: number): Promise<VersionRow[]> => {
      const { rows } = await sql<VersionRow>`
        select ${sql.join(TASK_COLUMNS.map((column) => sql.ref(`written.${column}`)))},
          log.origin, coalesce(log.at, written.updated_at) as written_at
        from task stored
        cross join lateral (
          select stored.* where stored.version < ${version}
          union all (
            select was.* from task_revision revision, jsonb_populate_record(stored, revision.task) was
            where revision.user_id = ${userId} and revision.task_id = stored.id and revision.version < ${version}
            order by revision.version desc limit ${limit}
          )
        ) written
        left join change_log log on log.user_id = ${userId} and log.change_seq = written.change_seq
        where stored.user_id = ${userId} and stored.id = ${id} and stored.deleted_at is null
        order by written.version desc limit ${limit}
      `.execute(qb);
      return rows;
    };
  }

  return { versions };
}

/** Each row beside the one after it, which is its previous version. */
function described(rows: VersionRow[]): TaskVersion[] {
  return rows.map((row, index) => {
    const before = rows[index + 1];
    const changed = before ? TASK_COLUMNS.filter((name) => !isDeepStrictEqual(row[name], before[name])) : [];
    const after = { isDone: row.status === "done", isDeleted: row.deletedAt !== null };
    return {
      task: toTask(row),
      at: row.writtenAt.toISOString(),
      origin: row.origin,
      action: row.version === 1 ? "created" : taskAction(changed, after),
      fields: fieldsOf(changed),
    };
  });
}
