import { type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import { z } from "zod";
import { db } from "#app/db/database.server.ts";
import { prepared } from "#app/db/prepared.ts";
import type { Database } from "#app/db/schema.ts";
import { readSignedText, signedText } from "#app/signed-text.server.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { dependsOnNow, filterCondition, searchCondition } from "#app/tasks/store/filter-sql.server.ts";
import { firstMatches, type Tasks } from "#app/tasks/store/first-matches.server.ts";
import { TASK_COLUMNS, type TaskRow, toTask } from "#app/tasks/store/mapping.server.ts";
import type { Task } from "#app/tasks/task.ts";
import type { UserNow } from "#app/time.ts";

/** The end of a page: its last row's sort keys, as Postgres text, and id. */
const Position = z.tuple([z.array(z.string()), z.uuid()]);
export type Position = z.infer<typeof Position>;

/** `scope` is the user, filter and order: the signature does not verify for another one. */
export function encodeCursor(position: Position, scope: string): string {
  return signedText(position, `page\n${scope}`);
}

export function decodeCursor(cursor: string, scope: string): Position | undefined {
  return readSignedText(cursor, `page\n${scope}`, Position);
}

/** A page to read. `userNow` is called only if the filter depends on it. */
export interface PageRequest {
  userId: string;
  filter: TaskFilter;
  /** The first page if absent. */
  after: Position | undefined;
  limit: number;
  userNow: () => UserNow;
}

export interface PageOfTasks {
  tasks: Task[];
  /** Null if there are no more tasks. */
  end: Position | null;
}

export interface SortKey {
  /** Never null: a comparison with null would lose rows between pages. */
  key: RawBuilder<unknown>;
  /** The value of a key's text in a cursor. */
  fromText: (text: string) => RawBuilder<unknown>;
}

export function sortKey(key: RawBuilder<unknown>, type: string): SortKey {
  return { key, fromText: (text) => sql`${text}::${sql.raw(type)}` };
}

/** By these keys, and then by id, so that the order is total. */
export interface Order {
  keys: SortKey[];
  direction: "asc" | "desc";
  /** Whether an index has the tasks of the filter, apart from its search, in this order: otherwise the next ones may be far. */
  hasIndex: boolean;
}

type Keys = { [key: `key${number}`]: string };
export type PageValues = Keys & { userId: string; id: string; limit: number };
export type KeyedRow = TaskRow & Keys;

/** Reads a page in an order of the user's tasks. `name` tells orders of the same filter apart. */
export async function readInOrder(
  qb: Kysely<Database>,
  { userId, filter, after, limit, userNow }: PageRequest,
  name: string,
  orderOf: (userId: string) => Order,
): Promise<PageOfTasks> {
  const statement = preparedPage(filter, `${name} ${after === undefined}`, (values) => {
    const order = orderOf(values.userId);
    return inOrder({ filter, after, userNow }, order, values)
      .select(TASK_COLUMNS)
      .select(order.keys.map(({ key }, index) => sql<string>`(${key})::text`.as(`key${index}`)));
  });
  const { rows } = await qb.executeQuery(statement(pageValues(userId, after, limit)));
  return cut(rows as KeyedRow[], limit);
}

export function pageValues(userId: string, [keys, id]: Position = [[], ""], limit: number): PageValues {
  const named = Object.fromEntries(keys.map((key, index) => [`key${index}`, key]));
  // One more than the page has, to see whether there is a next one.
  return { ...named, userId, id, limit: limit + 1 };
}

/** The tasks of a page, in order; among those with `condition` if the order is only theirs. */
export function inOrder(
  { filter, after, userNow }: Pick<PageRequest, "filter" | "after" | "userNow">,
  order: Order,
  values: PageValues,
  condition?: RawBuilder<SqlBool>,
): Tasks {
  const { q, ...rest } = filter;
  const search = q !== undefined && order.hasIndex ? searchCondition(values.userId, q) : undefined;
  const tasks = matching(values.userId, search ? rest : filter, userNow)
    .$if(condition !== undefined, (query) => query.where(condition ?? sql<SqlBool>`true`))
    .$if(after !== undefined, (query) => query.where(isAfter(order, values)));
  const sorted = (query: Tasks) =>
    query
      // The list is the same for all rows; it is in the order so that the index can be used.
      .$if(filter.topLevelIn !== undefined, (query) => query.orderBy("listId", order.direction))
      .orderBy(orderBy(order));
  return search ? sorted(firstMatches(tasks, search, values.limit, sorted)) : sorted(tasks).limit(values.limit);
}

/** Whether the filter has no other part than a search and a status. */
export function isOnlySearch({ q: _q, status: _status, sort: _sort, ...others }: TaskFilter): boolean {
  return Object.values(others).every((part) => part === undefined);
}

export function matching(userId: string, filter: TaskFilter, userNow: () => UserNow): Tasks {
  return db
    .selectFrom("task")
    .where("userId", "=", userId)
    .where((eb) => filterCondition(eb, userId, filter, userNow))
    .$if(filter.q !== undefined, (query) => query.where(searchCondition(userId, filter.q ?? "")));
}

function isAfter({ keys, direction }: Order, values: PageValues): RawBuilder<SqlBool> {
  const places = keys.map(({ fromText }, index) => fromText(values[`key${index}`] as string));
  return sql`(${sql.join([...keys.map(({ key }) => key), sql.ref("id")])})
    ${sql.raw(direction === "asc" ? ">" : "<")} (${sql.join([...places, sql`${values.id}::uuid`])})`;
}

function orderBy({ keys, direction }: Order) {
  return sql.join([...keys.map(({ key }) => key), sql.ref("id")].map((key) => sql`${key} ${sql.raw(direction)}`));
}

export function cut(rows: KeyedRow[], limit: number): PageOfTasks {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { tasks: rows.slice(0, limit).map(toTask), end: last ? [keysOf(last), last.id] : null };
}

function keysOf(row: KeyedRow): string[] {
  const keys: string[] = [];
  for (let key = row.key0; key !== undefined; key = row[`key${keys.length}`]) keys.push(key);
  return keys;
}

type Statement = ReturnType<typeof prepared<PageValues, TaskRow>>;

const statements = new Map<string, Statement>();
const MOST_STATEMENTS = 200;

/** Prepared once for each filter and name, except for filters that depend on the current time. */
export function preparedPage(filter: TaskFilter, name: string, build: Parameters<typeof prepared<PageValues, TaskRow>>[0]): Statement {
  const key = JSON.stringify([filter, name]);
  const known = statements.get(key);
  if (known) return known;
  const statement = prepared(build);
  if (dependsOnNow(filter)) return statement;
  if (statements.size === MOST_STATEMENTS) statements.clear();
  statements.set(key, statement);
  return statement;
}
