import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";

test("columns have camelCase names in every row, and keys inside JSON keep theirs", async () => {
  const { rows } = await sql`
    select n as change_seq, json_build_object('list_id', n) as seen_as, array[n] as all_of_it, null as due_date from generate_series(1, 2) n
  `.execute(db);
  expect(rows).toEqual([1, 2].map((n) => ({ changeSeq: n, seenAs: { list_id: n }, allOfIt: [n], dueDate: null })));
});

test("a result may have no rows or no columns", async () => {
  expect((await sql`select 1 as change_seq where false`.execute(db)).rows).toEqual([]);
  expect((await sql`select from generate_series(1, 2)`.execute(db)).rows).toEqual([{}, {}]);
});

test("an instant is the same in any time zone of the server", async () => {
  const zones = fc.constantFrom("UTC", "Asia/Kathmandu", "America/St_Johns", "Africa/Monrovia", "Europe/Dublin");
  const instants = fc.date({ min: new Date("0100-01-01T00:00:00Z"), max: new Date("+020000-01-01T00:00:00Z"), noInvalidDate: true });
  await fc.assert(
    fc.asyncProperty(zones, instants, async (zone, instant) => {
      const read = await db.transaction().execute(async (trx) => {
        await sql`select set_config('timezone', ${zone}, true)`.execute(trx);
        const { rows } = await sql<{ at: Date }>`select to_timestamp(${instant.getTime() / 1000}) as at`.execute(trx);
        return rows[0]?.at;
      });
      expect(Math.abs((read?.getTime() ?? Number.NaN) - instant.getTime())).toBeLessThanOrEqual(1);
    }),
    { numRuns: 60 },
  );
});
