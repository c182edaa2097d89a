import { type Kysely, sql } from "kysely";
import { fieldsOf, type ListAction, listAction, listFieldsOf, type TaskAction, taskAction } from "#app/changes/action.ts";
import type { Database } from "#app/db/schema.ts";
import type { ColumnName } from "#app/tasks/columns.ts";
import { camelCase } from "#app/tasks/keys.ts";

interface Changed<Action> {
  id: string;
  /** After the change, or before it if it has deleted the task or list; null if no version of it is stored any more. */
  name: string | null;
  action: Action;
  /** The fields that differ, by their names in the API. */
  fields: string[];
}

export interface ChangedItems<Action> {
  /** The first `MAX_ITEMS`. */
  items: Changed<Action>[];
  /** Up to `MAX_COUNT`. */
  count: number;
}

export const MAX_ITEMS = 10;
export const MAX_COUNT = 1000;

/** By change number. A task that has been purged since is missing. */
export async function changedTasks(
  qb: Kysely<Database>,
  userId: string,
  numbers: number[],
): Promise<Map<number, ChangedItems<TaskAction>>> {
  return grouped(await rowsOf(qb, userId, numbers, "task"), (row) => {
    const columns = row.columns.map((name) => camelCase(name) as ColumnName);
    if (row.isGone) return { action: "purged", fields: [] };
    return row.isNew ? { action: "created", fields: [] } : { action: taskAction(columns, row), fields: fieldsOf(columns) };
  });
}

export async function changedLists(
  qb: Kysely<Database>,
  userId: string,
  numbers: number[],
): Promise<Map<number, ChangedItems<ListAction>>> {
  return grouped(await rowsOf(qb, userId, numbers, "list"), ({ isGone, isNew, version, columns }) => {
    if (isGone) return { action: "deleted", fields: [] };
    // A list that undo has recreated has a version that it never had.
    if (isNew) return { action: version === 1 ? "created" : "restored", fields: [] };
    return { action: listAction(columns), fields: listFieldsOf(columns) };
  });
}

interface ItemRow {
  changeNumber: number;
  id: string;
  count: number;
  name: string | null;
  isNew: boolean;
  isGone: boolean;
  version: number | null;
  isDone: boolean;
  isDeleted: boolean;
  /** Those that differ, in snake_case. */
  columns: string[];
}

function grouped<Action>(rows: ItemRow[], describe: (row: ItemRow) => { action: Action; fields: string[] }) {
  const groups = Map.groupBy(rows, ({ changeNumber }) => changeNumber);
  const itemsOf = (group: ItemRow[]) => group.map((row) => ({ id: row.id, name: row.name, ...describe(row) }));
  return new Map([...groups].map(([number, group]) => [number, { items: itemsOf(group), count: group[0]?.count ?? 0 }]));
}

const KINDS = {
  task: { revisions: "task_revision", name: "title", created: sql`version = 1 and`, hasRemoved: sql`true` },
  // A recreated list begins with another version.
  list: { revisions: "list_revision", name: "name", created: sql``, hasRemoved: sql`false` },
};

/**
 * The rows that each change wrote, with the first version that it replaced and the last one that it wrote. A change may write a row
 * several times. A task that an undo has removed counts as long as it can be recreated.
 */
async function rowsOf(qb: Kysely<Database>, userId: string, numbers: number[], kind: keyof typeof KINDS): Promise<ItemRow[]> {
  if (numbers.length === 0) return [];
  const { revisions, name, created, hasRemoved } = KINDS[kind];
  const [table, revision, id, row] = [sql.table(kind), sql.table(revisions), sql.ref(`${kind}_id`), sql.ref(kind)];
  const writtenBy = sql`(${row}->>'change_seq')::bigint`;
  const limit = sql.lit(MAX_COUNT);
  const removedBy = sql`user_id = ${userId} and ${hasRemoved} and (task->>'change_seq')::bigint = change.number`;
  const { rows } = await sql<ItemRow>`
    select change.number as change_number, written.id, written.count, coalesce(after.item->>${name}, before.item->>${name}) as name,
      before.item is null or (before.item->>'change_seq')::bigint = change.number as is_new, after.item is null as is_gone,
      coalesce(before.version, (after.item->>'version')::integer) as version,
      coalesce(after.item->>'status' = 'done', false) as is_done, coalesce(after.item->>'deleted_at' is not null, false) as is_deleted,
      array(select key from jsonb_each(after.item) where before.item->key <> value) as columns
    from unnest(${numbers}::bigint[]) change (number)
    cross join lateral (
      select id, least(count(*) over (), ${limit}) as count from (
        (select id from ${table} where user_id = ${userId} and change_seq = change.number limit ${limit})
        union (select ${id} from ${revision} where user_id = ${userId} and change_seq = change.number limit ${limit})
        union (select ${id} from ${revision} where user_id = ${userId} and ${created} ${writtenBy} = change.number limit ${limit})
        union (select task_id from removed_task where ${removedBy} limit ${limit})
        union (select id from tombstone where user_id = ${userId} and kind = ${kind} and change_seq = change.number limit ${limit})
      ) any_row (id) order by id limit ${sql.lit(MAX_ITEMS)}
    ) written
    left join lateral (
      select version, ${row} as item from ${revision} revision
      where user_id = ${userId} and ${id} = written.id and change_seq = change.number order by version limit 1
    ) before on true
    left join lateral (
      select to_jsonb(stored) as item from ${table} stored
      where user_id = ${userId} and stored.id = written.id and stored.change_seq = change.number
      union all (
        select ${row} from ${revision} revision
        where user_id = ${userId} and ${id} = written.id and version > coalesce(before.version, 0)
          and change_seq <> change.number and ${writtenBy} = change.number
        order by version limit 1
      )
      union all (select task from removed_task where task_id = written.id and ${removedBy})
      limit 1
    ) after on true
    order by change.number, written.id
  `.execute(qb);
  return rows;
}
