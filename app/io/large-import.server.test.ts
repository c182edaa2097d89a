import { expect, test } from "vitest";
import { archiveOf, type ImportRefusal } from "#app/io/archive.server.ts";
import { InvalidArchive } from "#app/io/archive.ts";
import { parseArchive } from "#app/io/parse.ts";
import { longestTurn } from "#app/testing/event-loop.ts";
import { createTestUser } from "#app/testing/users.ts";

// Also with the embedded database, whose statements run on this thread.

async function parsed(tasks: object[]) {
  const archive = await parseArchive(Buffer.from(JSON.stringify({ version: 1, tasks })), "json");
  if (archive && !(archive instanceof InvalidArchive)) return archive;
  throw new Error(JSON.stringify(archive?.problems));
}

/** The counts of an import or a preview, which must not take the main thread for 100 ms at a time. */
async function countsOf(importing: Promise<{ tasks: object } | ImportRefusal>): Promise<unknown> {
  expect(await longestTurn(importing)).toBeLessThan(100);
  const result = await importing;
  return "tasks" in result ? result.tasks : result;
}

test("as many tasks as an import may have are previewed and imported, and imported again, in short turns", {
  timeout: 120_000,
}, async () => {
  const archive = await parsed(Array.from({ length: 50_000 }, (_, index) => ({ title: `T${index}`, external_id: `e${index}` })));
  const archives = archiveOf(await createTestUser());
  expect(await countsOf(archives.preview(archive))).toEqual({ created: 50_000, skipped: 0 });
  expect(await countsOf(archives.importArchive(archive))).toEqual({ created: 50_000, skipped: 0 });
  expect(await countsOf(archives.importArchive(archive))).toEqual({ created: 0, skipped: 50_000 });
  // Found by their external ids.
  const others = await parsed(archive.tasks.map(({ external_id }, index) => ({ title: `Other ${index}`, external_id })));
  expect(await countsOf(archives.importArchive(others))).toEqual({ created: 0, skipped: 50_000 });
});

test("tasks with the longest notes are imported in short turns", { timeout: 120_000 }, async () => {
  const notes = (index: number) => `word${index} `.repeat(3_000).slice(0, 20_000);
  const archive = await parsed(Array.from({ length: 100 }, (_, index) => ({ title: `T${index}`, notes: notes(index) })));
  expect(await countsOf(archiveOf(await createTestUser()).importArchive(archive))).toEqual({ created: 100, skipped: 0 });
});
