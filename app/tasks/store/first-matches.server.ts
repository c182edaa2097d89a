import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from "kysely";
import { db } from "#app/db/database.server.ts";
import type { Database } from "#app/db/schema.ts";
import { TASK_COLUMNS } from "#app/tasks/store/mapping.server.ts";

export type Tasks = SelectQueryBuilder<Database, "task", object>;

/** With those that orders compare. */
const COLUMNS = [...TASK_COLUMNS, "dueAt"] as const;

/** How many tasks in their order are looked at for each one of the page. */
const LOOKED_AT = 10;

/**
 * The first tasks that match a search, in an order that an index has. If one task in ten matches, the next ones of the index usually
 * have enough matches for the page. If they do not, all matches are read and sorted.
 */
export function firstMatches(tasks: Tasks, search: RawBuilder<SqlBool>, limit: number, sorted: (tasks: Tasks) => Tasks): Tasks {
  const next = sorted(tasks)
    .select([...COLUMNS, sql`search`.as("search")])
    .limit(sql<number>`${limit} * ${sql.lit(LOOKED_AT)}`);
  const [found, all] = [asTasks(next), tasks].map((some) => sorted(some.where(search)).select(COLUMNS).limit(limit)) as [Tasks, Tasks];
  const isEnough = sql<SqlBool>`((select count(*) from found) >= ${limit})`;
  return asTasks(
    db
      .with(
        (cte) => cte("found").materialized(),
        () => found,
      )
      .selectFrom("found")
      .selectAll()
      .where(isEnough)
      .unionAll(db.selectFrom(all.as("all")).selectAll().where(sql<SqlBool>`not ${isEnough}`)),
  );
}

/** Of a query with the columns of tasks. */
function asTasks(query: SelectQueryBuilder<never, never, object>): Tasks {
  return db.selectFrom(query.as("task")) as unknown as Tasks;
}
