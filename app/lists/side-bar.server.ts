import type { Kysely } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { UserRef } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import { readsOf } from "#app/db/user-connections.server.ts";
import { COUNTED_UP_TO, type SideBar } from "#app/lists/side-bar.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { viewCondition } from "#app/tasks/store/filter-sql.server.ts";
import { countTasks, isOpenInList } from "#app/tasks/store/list-tasks.server.ts";
import { nextDueInstant, selectNextDue } from "#app/tasks/store/next-due.server.ts";
import { type UserNow, userNowAt } from "#app/time.ts";

/**
 * The side bar's lists and counts, and when the next open task becomes overdue, in one statement whose time does not grow with the
 * number of tasks.
 */
export async function sideBarOf(
  user: Pick<UserRef, "id" | "timezone">,
  userNow: UserNow = userNowAt(Temporal.Now.instant(), user.timezone),
  qb: Kysely<Database> = readsOf(user.id),
): Promise<SideBar & { nextDue: Temporal.Instant | null }> {
  const countView = (view: NonNullable<TaskFilter["view"]>) => countTasks(user.id, (eb) => viewCondition(eb, view, userNow), COUNTED_UP_TO);
  const lists = qb
    .selectFrom("list")
    .where("userId", "=", user.id)
    .select(["id", "name", "color", countTasks(user.id, isOpenInList, COUNTED_UP_TO).as("count")])
    .orderBy("rank")
    .orderBy("id");
  const {
    lists: rows,
    nextFloating,
    nextFixed,
    ...counts
  } = await qb
    .selectNoFrom((eb) => [
      ...selectNextDue(eb, user.id, userNow),
      countView("today").as("today"),
      countView("upcoming").as("upcoming"),
      countView("inbox").as("inbox"),
      jsonArrayFrom(lists).as("lists"),
    ])
    .executeTakeFirstOrThrow();
  return {
    counts,
    lists: rows.map(({ count, ...list }) => ({ ...list, openCount: count })),
    nextDue: nextDueInstant({ nextFloating, nextFixed }, userNow),
  };
}
