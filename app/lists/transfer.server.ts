import { type Kysely, type SqlBool, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import { leaveTombstones, type WriteTransaction } from "#app/db/writer.server.ts";
import type { ListInput } from "#app/lists/list.ts";

/** Every list of the user, in hand order. */
export function everyList(qb: Kysely<Database>, userId: string) {
  return qb
    .selectFrom("list")
    .select(["id", "name", "color", "rank", "createdAt", "updatedAt"])
    .where("userId", "=", userId)
    .orderBy("rank")
    .orderBy("id")
    .execute();
}

/** A new list with everything about it said. What is left out is as with any new list. */
interface WholeList extends ListInput {
  id: string;
  rank: string;
  created_at?: string | undefined;
  updated_at?: string | undefined;
}

/** One that comes back under its old id goes on after its last version: what it was then is kept under those. */
export async function insertLists(transaction: WriteTransaction, userId: string, lists: WholeList[]): Promise<void> {
  const records = lists.map(({ id, name, color, rank, created_at, updated_at }) => ({ id, name, color, rank, created_at, updated_at }));
  await sql`
    insert into list (user_id, id, name, color, rank, created_at, updated_at, version, change_seq)
    select
      ${userId}, id, name, color, rank, coalesce(created_at, now()), coalesce(updated_at, created_at, now()),
      coalesce((select max(was.version) + 2 from list_revision was where was.user_id = ${userId} and was.list_id = record.id), 1), ${transaction.changeNumber}
    from json_to_recordset(${JSON.stringify(records)}::json) as record (
      id uuid, name text, color text, rank text, created_at timestamptz, updated_at timestamptz
    )
  `.execute(transaction.qb);
}

/** At its first version, or at the first one after it came back: that skips a number. */
const isNew = sql<SqlBool>`(
  version = 1 or (
    select max(was.version) from list_revision was
    where was.user_id = list.user_id and was.list_id = list.id and was.version < list.version
  ) = version - 2
)`;

/** The lists that a change made, as long as nobody has changed them or put anything into them. Returns how many are gone. */
export async function removeMadeLists(transaction: WriteTransaction, userId: string, changeSeq: number): Promise<number> {
  const gone = await transaction.qb
    .deleteFrom("list")
    .where("userId", "=", userId)
    .where("changeSeq", "=", changeSeq)
    .where(isNew)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("task").select("task.id").where("task.userId", "=", userId).whereRef("task.listId", "=", "list.id"))),
    )
    .returning("id")
    .execute();
  const ids = gone.map(({ id }) => id);
  await leaveTombstones(transaction, userId, "list", ids);
  return ids.length;
}
