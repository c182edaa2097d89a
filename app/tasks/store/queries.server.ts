import type { Kysely } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { readSorted, sortOf } from "#app/tasks/store/orders.server.ts";
import { decodeCursor, encodeCursor, matching } from "#app/tasks/store/paging.server.ts";
import { findIn } from "#app/tasks/store/rows.server.ts";
import { isTaskId, type Task, type TaskId } from "#app/tasks/task.ts";
import { type UserNow, userNowAt } from "#app/time.ts";

export interface Page {
  tasks: Task[];
  nextCursor: string | null;
}

const SEARCH_LIMIT = 100;

export function taskQueries(user: Pick<UserRef, "id" | "timezone">, qb: Kysely<Database>) {
  const nowOfUser = () => userNowAt(Temporal.Now.instant(), user.timezone);

  /** One page in the filter's order; `undefined` if the cursor is not one of this user and filter. */
  async function list(
    filter: TaskFilter,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
    userNow?: UserNow,
  ): Promise<Page | undefined> {
    const sort = sortOf(filter);
    const now = userNow ? () => userNow : nowOfUser;
    // In another time zone, days have another order.
    const scope = JSON.stringify([user.id, filter, ...(sort.endsWith("due") ? [now().timezone] : [])]);
    const after = cursor === undefined ? undefined : decodeCursor(cursor, scope);
    if (cursor !== undefined && !after) return undefined;
    const request = { userId: user.id, filter, after, limit, userNow: now };
    const { tasks, end } = await readSorted(qb, sort, request);
    return { tasks, nextCursor: end && encodeCursor(end, scope) };
  }

  /** How many tasks match. */
  async function count(filter: TaskFilter): Promise<number> {
    const matches = matching(user.id, filter, nowOfUser).select((eb) => eb.fn.countAll<number>().as("count"));
    const { rows } = await qb.executeQuery(matches.compile());
    return rows[0]?.count ?? 0;
  }

  /** Best match first; done tasks too, unless the filter excludes them. */
  async function search(q: string, filter: Omit<TaskFilter, "q" | "sort"> = { status: "all" }, limit = SEARCH_LIMIT): Promise<Task[]> {
    return (await list({ ...filter, q, sort: "relevance" }, { limit }))?.tasks ?? [];
  }

  async function find(id: TaskId): Promise<Task | undefined> {
    return isTaskId(id) ? findIn({ qb }, user.id, id) : undefined;
  }

  return { list, count, search, find };
}
