import { type Kysely, type SqlBool, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import { leaveTombstones, type WriteTransaction } from "#app/db/writer.server.ts";
import type { ListInput } from "#app/lists/list-input.ts";
import { hasTasks } from "#app/tasks/store/list-tasks.server.ts";

/** Every list of the user, in manual order. */
export function allLists(qb: Kysely<Database>, userId: string) {
  return qb
    .selectFrom("list")
    .select(["id", "name", "color", "rank", "createdAt", "updatedAt"])
    .where("userId", "=", userId)
    .orderBy("rank")
    .orderBy("id")
    .execute();
}

/** A list to insert with fields that are otherwise read-only. Those left out are as in any new list. */
interface ListRecord extends ListInput {
  id: string;
  rank: string;
  created_at?: string | undefined;
  updated_at?: string | undefined;
}

/** A list that returns under its old id gets a version after its last one: its history has the earlier versions. */
export async function insertLists(transaction: WriteTransaction, userId: string, lists: ListRecord[]): Promise<void> {
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

/** At its first version, or at the first one since it returned under its old id, which skips a number. */
const isNew = sql<SqlBool>`(
  version = 1 or (
    select max(was.version) from list_revision was
    where was.user_id = list.user_id and was.list_id = list.id and was.version < list.version
  ) = version - 2
)`;

/** Deletes the lists that a change created, except those that have been changed or have tasks. Returns how many it deleted. */
export async function removeCreatedLists(transaction: WriteTransaction, userId: string, changeSeq: number): Promise<number> {
  const gone = await transaction.qb
    .deleteFrom("list")
    .where("userId", "=", userId)
    .where("changeSeq", "=", changeSeq)
    .where(isNew)
    .where((eb) => eb.not(hasTasks(eb, userId)))
    .returning("id")
    .execute();
  const ids = gone.map(({ id }) => id);
  await leaveTombstones(transaction, userId, "list", ids);
  return ids.length;
}
