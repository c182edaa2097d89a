import { type Kysely, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { filterCondition, searchCondition, searchRank } from "#app/tasks/store/filter-sql.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import { decodeCursor, encodeCursor, pageStatement } from "#app/tasks/store/paging.server.ts";
import { findIn } from "#app/tasks/store/rows.server.ts";
import { isTaskId, type Task, type TaskId } from "#app/tasks/task.ts";
import { type UserNow, userNowAt } from "#app/time.ts";

export interface Page {
  tasks: Task[];
  nextCursor: string | null;
}

const SEARCH_LIMIT = 100;

/** Rank at most this many matches; beyond that, which ones are ranked is arbitrary. */
const MAX_RANKED = sql.lit(1000);

export function taskQueries(user: Pick<UserRef, "id" | "timezone">, qb: Kysely<Database>) {
  const all = qb.selectFrom("task").where("userId", "=", user.id);
  const nowOfUser = () => userNowAt(Temporal.Now.instant(), user.timezone);

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

  return { list, search, find };
}
