import { type SqlBool, sql } from "kysely";
import { leaveTombstones, type WriteTransaction } from "#app/db/writer.server.ts";
import { hasTasks } from "#app/tasks/store/list-tasks.server.ts";

/** Skips lists that were changed again since, and recreates those that the change deleted. Returns how many. */
export async function revertLists(transaction: WriteTransaction, userId: string, undoneNumber: number): Promise<number> {
  return (await revertFields(transaction, userId, undoneNumber)) + (await recreate(transaction, userId, undoneNumber));
}

async function revertFields({ qb, changeNumber }: WriteTransaction, userId: string, undoneNumber: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update list set
      name = was.name, color = was.color, rank = was.rank, updated_at = now(), version = list.version + 1, change_seq = ${changeNumber}
    from ${listsBefore(userId, undoneNumber)}
    where list.user_id = was.user_id and list.id = was.id and list.change_seq = ${undoneNumber}
  `.execute(qb);
  return Number(numAffectedRows ?? 0);
}

/** Uses the same id and a version that it never had. Deletes the tombstone, by which readers of the feed would delete the list. */
async function recreate({ qb, changeNumber }: WriteTransaction, userId: string, undoneNumber: number): Promise<number> {
  const { rows } = await sql`
    with gone as (
      delete from tombstone using ${listsBefore(userId, undoneNumber)}
      where tombstone.user_id = was.user_id and tombstone.kind = 'list' and tombstone.id = was.id and tombstone.change_seq = ${undoneNumber}
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

/**
 * The lists of a change as they were before it, with the alias `was`. One change may write a list several times; one that it
 * created was not there before. A column that is newer than that has its current value.
 */
function listsBefore(userId: string, undoneNumber: number) {
  return sql`(
    select * from (
      select distinct on (revision.list_id) list.*
      from list_revision revision
        left join list stored on stored.user_id = revision.user_id and stored.id = revision.list_id,
        jsonb_populate_record(stored, revision.list) list
      where revision.user_id = ${userId} and revision.change_seq = ${undoneNumber}
      order by revision.list_id, revision.version
    ) first where change_seq <> ${undoneNumber}
  ) was`;
}

/** The change created or recreated the list: it wrote its first version, or a version after a skipped number. */
function isCreatedBy(changeNumber: number) {
  return sql<SqlBool>`exists (
    select from (
      select list.version
      union all
      select made.version from list_revision made
      where made.user_id = list.user_id and made.list_id = list.id and made.change_seq = ${changeNumber}
        and (made.list->>'change_seq')::bigint = ${changeNumber}
    ) written
    where written.version = 1 or (
      select max(was.version) from list_revision was
      where was.user_id = list.user_id and was.list_id = list.id and was.version < written.version
    ) = written.version - 2
  )`;
}

/** Except those that have been changed or have tasks. Writes a last version of each, so that it can be recreated. Returns how many. */
export async function removeCreatedLists(transaction: WriteTransaction, userId: string, undoneNumber: number): Promise<number> {
  const { qb, changeNumber } = transaction;
  const gone = await qb
    .updateTable("list")
    .set({ updatedAt: sql`now()`, version: sql`version + 1`, changeSeq: changeNumber })
    .where("userId", "=", userId)
    .where("changeSeq", "=", undoneNumber)
    .where(isCreatedBy(undoneNumber))
    .where((eb) => eb.not(hasTasks(eb, userId)))
    .returning("id")
    .execute();
  const ids = gone.map(({ id }) => id);
  await qb.deleteFrom("list").where("userId", "=", userId).where("id", "=", sql<string>`any(${ids}::uuid[])`).execute();
  await leaveTombstones(transaction, userId, "list", ids);
  return ids.length;
}
