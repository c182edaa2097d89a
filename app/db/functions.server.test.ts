import { sql } from "kysely";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";

test("no function has a body whose names depend on the caller's search path", async () => {
  const { rows } = await sql<{ name: string; isSafe: boolean }>`
    select proname as name, prosqlbody is not null or exists (
      select from unnest(proconfig) setting where setting like 'search_path=%'
    ) as is_safe
    from pg_proc
    where pronamespace = current_schema()::regnamespace
      and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
  `.execute(db);
  expect(rows.filter(({ isSafe }) => !isSafe)).toEqual([]);
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(["fold_text", "keep_task_revision", "label_key", "store_labels"]));
});

test("search and triggers work without a search path", async () => {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(trx);
    const schema = sql.id(rows[0]?.schema ?? "");
    const userId = crypto.randomUUID();
    await sql`set local search_path = ''`.execute(trx);
    await sql`
      insert into ${schema}."user" (id, name, email, email_verified, timezone) values (${userId}, 'a', ${userId}, false, 'UTC')
    `.execute(trx);
    await sql`
      insert into ${schema}.task (user_id, id, title, labels, rank, change_seq) values (${userId}, ${userId}, 'Crème 牛乳', '{Home}', 'a', 1)
    `.execute(trx);
    await sql`update ${schema}.task set labels = '{home,x}', version = 2 where user_id = ${userId}`.execute(trx);
    const found = await sql`
      select labels from ${schema}.task where user_id = ${userId} and search @@ ${schema}.search_query(${userId}, 'creme 乳')
    `.execute(trx);
    expect(found.rows).toEqual([{ labels: ["Home", "x"] }]);
    const revisions = await sql`select version from ${schema}.task_revision where user_id = ${userId}`.execute(trx);
    expect(revisions.rows).toEqual([{ version: 1 }]);
  });
});
