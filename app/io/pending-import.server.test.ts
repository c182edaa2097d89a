import { sql } from "kysely";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";
import { heldFileOf, sweepHeldFiles } from "#app/io/pending-import.server.ts";
import { createTestUser } from "#app/testing/users.ts";

const content = Buffer.from([0x00, 0xff, 0x41]);

test("a file is held until it is released, once, byte for byte", async () => {
  const files = heldFileOf(await createTestUser());
  expect(await files.find()).toBeUndefined();
  await files.hold("a\0b.csv", content);
  const held = await files.find();
  expect(held).toEqual({ id: expect.any(String), name: "ab.csv", content });
  expect(await files.release(held?.id ?? "")).toEqual(held);
  expect(await files.release(held?.id ?? "")).toBeUndefined();
  expect(await files.find()).toBeUndefined();
});

test("a new file takes the place of the one before, which can't be released any more", async () => {
  const files = heldFileOf(await createTestUser());
  await files.hold("one.csv", content);
  const first = await files.find();
  await files.hold("two.csv", content);
  expect(await files.release(first?.id ?? "")).toBeUndefined();
  expect(await files.find()).toMatchObject({ name: "two.csv" });
});

test("a file is nobody else's, and an id that is none releases nothing", async () => {
  const owner = heldFileOf(await createTestUser());
  const stranger = heldFileOf(await createTestUser());
  await owner.hold("secret.csv", content);
  const held = await owner.find();
  await stranger.hold("own.csv", content);
  expect(await stranger.find()).toMatchObject({ name: "own.csv" });
  for (const id of [held?.id ?? "", "", "x", "\0"]) expect(await stranger.release(id)).toBeUndefined();
  expect(await owner.find()).toEqual(held);
});

test("after an hour a file is gone, and a sweep takes away what is left of it", async () => {
  const [old, current] = [await createTestUser(), await createTestUser()];
  for (const user of [old, current]) await heldFileOf(user).hold("file.csv", content);
  const held = await heldFileOf(old).find();
  await sql`update held_file set held_at = now() - interval '61 minutes' where user_id = ${old.id}`.execute(db);
  expect(await heldFileOf(old).find()).toBeUndefined();
  expect(await heldFileOf(old).release(held?.id ?? "")).toBeUndefined();
  await sweepHeldFiles();
  const left = await db.selectFrom("heldFile").select("userId").where("userId", "in", [old.id, current.id]).execute();
  expect(left).toEqual([{ userId: current.id }]);
});
