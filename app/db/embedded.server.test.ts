import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DataDirectoryInUse, openEmbedded } from "#app/db/embedded.server.ts";

test("a folder is locked by one process at a time, and keeps its rows", { timeout: 60_000 }, async () => {
  const parent = await mkdtemp(join(tmpdir(), "doable-test-"));
  onTestFinished(() => rm(parent, { recursive: true }));
  const folder = join(parent, "made", "for", "it");
  const first = await openEmbedded(folder);
  await first.pool.query("create table kept as select 1 as one");
  await expect(openEmbedded(folder)).rejects.toBeInstanceOf(DataDirectoryInUse);
  await expect(openEmbedded(folder)).rejects.toThrow(folder);
  await first.pool.end();
  await first.close();
  const second = await openEmbedded(folder);
  expect((await second.pool.query("select one from kept")).rows).toEqual([{ one: 1 }]);
  await second.pool.end();
  await second.close();
});
