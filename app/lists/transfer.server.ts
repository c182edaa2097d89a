import { type Kysely, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import type { ListInput } from "#app/lists/list-input.ts";

export function allLists(qb: Kysely<Database>, userId: string) {
  return qb
    .selectFrom("list")
    .select(["id", "name", "color", "rank", "createdAt", "updatedAt"])
    .where("userId", "=", userId)
    .orderBy("rank")
    .orderBy("id")
    .execute();
}

/** Includes fields that are otherwise read-only; those left out are as in any new list. */
interface ListRecord extends ListInput {
  id: string;
  rank: string;
  created_at?: string | undefined;
  updated_at?: string | undefined;
}

/** A list that is recreated under its id gets a version after its last one, because its history has the earlier versions. */
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
