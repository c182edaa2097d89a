import { sql } from "kysely";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";
import { deleteExpiredImports, pendingImportOf } from "#app/io/pending-import.server.ts";
import { createTestUser } from "#app/testing/users.ts";

const content = Buffer.from([0x00, 0xff, 0x41]);

test("a saved import can be taken once, byte for byte", async () => {
  const pending = pendingImportOf(await createTestUser());
  expect(await pending.find()).toBeUndefined();
  await pending.save("a\0b.csv", content);
  const saved = await pending.find();
  expect(saved).toEqual({ id: expect.any(String), name: "ab.csv", content });
  expect(await pending.take(saved?.id ?? "")).toEqual(saved);
  expect(await pending.take(saved?.id ?? "")).toBeUndefined();
  expect(await pending.find()).toBeUndefined();
});

test("a new import replaces the previous one, which can't be taken any more", async () => {
  const pending = pendingImportOf(await createTestUser());
  await pending.save("one.csv", content);
  const first = await pending.find();
  await pending.save("two.csv", content);
  expect(await pending.take(first?.id ?? "")).toBeUndefined();
  expect(await pending.find()).toMatchObject({ name: "two.csv" });
});

test("an import is invisible to other users, and a malformed id takes nothing", async () => {
  const owner = pendingImportOf(await createTestUser());
  const stranger = pendingImportOf(await createTestUser());
  await owner.save("secret.csv", content);
  const saved = await owner.find();
  await stranger.save("own.csv", content);
  expect(await stranger.find()).toMatchObject({ name: "own.csv" });
  for (const id of [saved?.id ?? "", "", "x", "\0"]) expect(await stranger.take(id)).toBeUndefined();
  expect(await owner.find()).toEqual(saved);
});

test("an import expires after an hour, and the clean-up deletes it", async () => {
  const [old, current] = [await createTestUser(), await createTestUser()];
  for (const user of [old, current]) await pendingImportOf(user).save("file.csv", content);
  const saved = await pendingImportOf(old).find();
  await sql`update held_file set held_at = now() - interval '61 minutes' where user_id = ${old.id}`.execute(db);
  expect(await pendingImportOf(old).find()).toBeUndefined();
  expect(await pendingImportOf(old).take(saved?.id ?? "")).toBeUndefined();
  await deleteExpiredImports();
  const left = await db.selectFrom("heldFile").select("userId").where("userId", "in", [old.id, current.id]).execute();
  expect(left).toEqual([{ userId: current.id }]);
});
