import { type Kysely, sql } from "kysely";
import { db } from "#app/db/database.server.ts";
import type { Database } from "#app/db/schema.ts";
import { MAX_RANKED } from "#app/tasks/filter.ts";
import { searchRank } from "#app/tasks/store/filter-sql.server.ts";
import { TASK_COLUMNS } from "#app/tasks/store/mapping.server.ts";
import {
  cut,
  type KeyedRow,
  matching,
  type Order,
  type PageOfTasks,
  type PageRequest,
  pageValues,
  preparedPage,
  readInOrder,
  sortKey,
} from "#app/tasks/store/paging.server.ts";

/** Best match first, then open tasks, then in manual order; with too many matches, in manual order. */
export async function readByRelevance(qb: Kysely<Database>, request: PageRequest): Promise<PageOfTasks> {
  const { filter, after } = request;
  const byRelevance = (userId: string) => relevanceOrder(userId, filter.q ?? "");
  // With so many matches, the next tasks in this order are likely to match, with other filters too.
  const manualOrder: Order = { keys: [sortKey(sql`rank`, "text")], direction: "asc", hasIndex: !filter.deleted };
  const readInManualOrder = () => readInOrder(qb, request, "manual", () => manualOrder);
  if (after === undefined) return (await readBestMatches(qb, request, byRelevance)) ?? readInManualOrder();
  return after[0].length === manualOrder.keys.length ? readInManualOrder() : readInOrder(qb, request, "relevance", byRelevance);
}

function relevanceOrder(userId: string, text: string): Order {
  const worst = sql`- ${searchRank(userId, text)}`;
  return {
    keys: [sortKey(worst, "real"), sortKey(sql`(status = 'done')`, "boolean"), sortKey(sql`rank`, "text")],
    direction: "asc",
    hasIndex: false,
  };
}

/** The first page; `undefined` if there are too many matches. */
async function readBestMatches(
  qb: Kysely<Database>,
  { userId, filter, limit, userNow }: PageRequest,
  orderOf: (userId: string) => Order,
): Promise<PageOfTasks | undefined> {
  const statement = preparedPage(filter, "best matches", (values) => {
    const [worst, ...ties] = orderOf(values.userId).keys.map(({ key }) => key);
    const some = matching(values.userId, filter, userNow)
      .select([...TASK_COLUMNS, sql`search`.as("search")])
      .limit(sql.lit(MAX_RANKED + 1));
    const counted = db.selectFrom(some.as("some")).selectAll().select(sql<number>`count(*) over ()`.as("matches"));
    // Ranks take most of the time: none is computed if there are too many.
    const keys = [sql`(case when matches <= ${sql.lit(MAX_RANKED)} then ${worst} end)`, ...ties];
    const ranked = db
      .selectFrom(counted.as("counted"))
      .select([...TASK_COLUMNS, "matches", ...keys.map((key, index) => key.as(`key${index}`))]);
    const names = keys.map((_, index) => sql.ref(`key${index}`));
    return db
      .selectFrom(ranked.as("ranked"))
      .select([...TASK_COLUMNS, "matches"])
      .select(names.map((name, index) => sql<string>`${name}::text`.as(`key${index}`)))
      .orderBy(sql.join([...names.map((name) => sql`ranked.${name}`), sql.ref("id")]))
      .limit(values.limit);
  });
  const { rows } = await qb.executeQuery(statement(pageValues(userId, undefined, limit)));
  const [first] = rows as (KeyedRow & { matches: number })[];
  return first && first.matches > MAX_RANKED ? undefined : cut(rows as KeyedRow[], limit);
}
