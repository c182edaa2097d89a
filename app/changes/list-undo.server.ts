import { sql } from "kysely";
import type { WriteTransaction } from "#app/db/writer.server.ts";

/** Puts the lists of a change back to what they were before it, unless they were changed again since, and brings back those that it removed. */
export async function putListsBack(transaction: WriteTransaction, userId: string, changeSeq: number): Promise<number> {
  return (await putBack(transaction, userId, changeSeq)) + (await bringBack(transaction, userId, changeSeq));
}

async function putBack({ qb, changeNumber }: WriteTransaction, userId: string, changeSeq: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update list set
      name = was.name, color = was.color, rank = was.rank, updated_at = now(), version = list.version + 1, change_seq = ${changeNumber}
    from ${before(userId, changeSeq)}
    where list.user_id = was.user_id and list.id = was.id and list.change_seq = ${changeSeq}
  `.execute(qb);
  return Number(numAffectedRows ?? 0);
}

/** Under its own id, at a version that it never had. Its tombstone would tell readers of changes that it is gone. */
async function bringBack({ qb, changeNumber }: WriteTransaction, userId: string, changeSeq: number): Promise<number> {
  const { rows } = await sql`
    with gone as (
      delete from tombstone using ${before(userId, changeSeq)}
      where tombstone.user_id = was.user_id and tombstone.kind = 'list' and tombstone.id = was.id and tombstone.change_seq = ${changeSeq}
      returning was.*
    )
    insert into list (user_id, id, name, color, rank, created_at, updated_at, version, change_seq)
    select user_id, id, name, color, rank, created_at, now(), (
      select max(revision.version) + 2 from list_revision revision where revision.user_id = gone.user_id and revision.list_id = gone.id
    ), ${changeNumber}
    from gone
    on conflict (user_id, id) do nothing
    returning id
  `.execute(qb);
  return rows.length;
}

/** The lists of a change as they were before its first part, under the name `was`. */
function before(userId: string, changeSeq: number) {
  return sql`(
    select distinct on (revision.list_id) list.*
    from list_revision revision, jsonb_populate_record(null::list, revision.list) list
    where revision.user_id = ${userId} and revision.change_seq = ${changeSeq}
    order by revision.list_id, revision.version
  ) was`;
}
