import { type Kysely, type SqlBool, sql } from "kysely";
import { db } from "#app/db/database.server.ts";
import type { Database } from "#app/db/schema.ts";
import { inDayOrder, instantBefore, placeOf, UNTIMED } from "#app/tasks/day-order.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import {
  inOrder,
  isOnlySearch,
  type Order,
  type PageOfTasks,
  type PageRequest,
  type PageValues,
  type Position,
  pageValues,
  preparedPage,
  type SortKey,
  sortKey,
} from "#app/tasks/store/paging.server.ts";
import type { Task } from "#app/tasks/task.ts";

const TIES = [sortKey(sql`(- priority)`, "smallint"), sortKey(sql`rank`, "text")];

/** Times without a zone by day and time, and times with one by instant: each part has an index. `places`: its keys in a position. */
const PARTS: { condition: string; keys: SortKey[]; places: number[] }[] = [
  {
    condition: "due_at is null",
    keys: [sortKey(sql`coalesce(due_date, 'infinity')`, "date"), sortKey(sql`coalesce(due_time, '24:00')`, "time"), ...TIES],
    places: [0, 1, 3, 4],
  },
  {
    condition: "due_at is not null",
    keys: [{ key: sql`due_at`, fromText: (seconds) => sql`to_timestamp(${seconds}::float8)` }, ...TIES],
    places: [2, 3, 4],
  },
];

/**
 * In the order of days, as pages show them. SQL does no time zone arithmetic: it reads the first tasks of each part and each
 * status, among which the first ones of all are.
 */
export async function readByDue(qb: Kysely<Database>, request: PageRequest, direction: Order["direction"]): Promise<PageOfTasks> {
  const { userId, filter, after, limit, userNow } = request;
  const statement = preparedPage(filter, `due ${direction} ${after === undefined}`, (values) => {
    const statuses = filter.status === "all" ? (["open", "done"] as const) : [filter.status];
    const [first, ...others] = statuses.flatMap((status) =>
      PARTS.map((part) => firstOfPart({ ...request, filter: { ...filter, status } }, part, direction, values)),
    );
    return others.reduce((all, one) => all.unionAll(one), first as NonNullable<typeof first>);
  });
  const { rows } = await qb.executeQuery(statement(pageValues(userId, after, limit)));
  const { timezone } = userNow();
  const ascending = inDayOrder(rows.map(toTask), timezone);
  const tasks = direction === "asc" ? ascending : ascending.toReversed();
  const last = tasks.length > limit ? tasks[limit - 1] : undefined;
  return { tasks: tasks.slice(0, limit), end: last ? positionOf(last, timezone) : null };
}

function firstOfPart(
  request: PageRequest,
  { condition, keys, places }: (typeof PARTS)[number],
  direction: Order["direction"],
  values: PageValues,
) {
  const order = { keys, direction, hasIndex: isOnlySearch(request.filter) };
  const { userId, id, limit } = values;
  const ownValues = Object.fromEntries(places.map((place, index) => [`key${index}`, values[`key${place}`]]));
  const tasks = inOrder(request, order, { ...ownValues, userId, id, limit }, sql<SqlBool>`${sql.raw(condition)}`);
  return db.selectFrom(tasks.select(TASK_COLUMNS).as("part")).select(TASK_COLUMNS);
}

/** The task's place in both parts: day and time, instant as seconds since the epoch, and what decides among equal ones. */
function positionOf({ due, priority, rank, id }: Task, timezone: string): Position {
  const ties = [String(-priority), rank];
  if (!due) return [["infinity", UNTIMED, "infinity", ...ties], id];
  const { day, time } = placeOf(due, timezone);
  const seconds = instantBefore(due, timezone).epochMilliseconds / 1000;
  return [[storable(day), time, String(seconds), ...ties], id];
}

/** An instant may be on another day in the user's time zone, before the first or after the last one that Postgres and tasks can have. */
function storable(day: Temporal.PlainDate): string {
  if (day.year < 1) return "-infinity";
  return day.year > 9999 ? "infinity" : day.toString();
}
