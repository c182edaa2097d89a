import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { backUp } from "#app/db/backup.server.ts";
import { db } from "#app/db/database.server.ts";
import { openEmbedded } from "#app/db/embedded.server.ts";
import { env } from "#app/env.server.ts";
import { createTestUser } from "#app/testing/users.ts";

test("a write that begins during a backup waits for its end, and is not in it", { timeout: 60_000 }, async ({ skip }) => {
  skip(env.DATABASE_URL !== undefined, "only the embedded database is copied");
  const folder = await mkdtemp(join(tmpdir(), "doable-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { id } = await createTestUser();
  const ended: string[] = [];
  const target = join(folder, "backup");
  await Promise.all([
    backUp(target).then(() => ended.push("backup")),
    db
      .updateTable("user")
      .set({ name: "Written meanwhile" })
      .where("id", "=", id)
      .execute()
      .then(() => ended.push("write")),
  ]);
  expect(ended).toEqual(["backup", "write"]);
  const copy = await openEmbedded(target);
  expect((await copy.pool.query("select name from public.user where id = $1", [id])).rows).toEqual([{ name: "Test user" }]);
  await copy.pool.end();
  await copy.close();
});
