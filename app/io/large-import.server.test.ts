import { expect, test } from "vitest";
import { archiveOf, type ImportRefusal } from "#app/io/archive.server.ts";
import { InvalidArchive } from "#app/io/archive.ts";
import { parseArchive } from "#app/io/parse.ts";
import { longestTurn } from "#app/testing/event-loop.ts";
import { leastOf } from "#app/testing/least-of.ts";
import { createTestUser } from "#app/testing/users.ts";

// Also with the embedded database, whose statements run on this thread.

async function parsed(tasks: object[]) {
  const archive = await parseArchive(Buffer.from(JSON.stringify({ version: 1, tasks })), "json");
  if (archive && !(archive instanceof InvalidArchive)) return archive;
  throw new Error(JSON.stringify(archive?.problems));
}

/** A preview or import, and the longest time that it takes the main thread. */
async function timed(importing: Promise<{ tasks: object } | ImportRefusal>): Promise<{ counts: unknown; turn: number }> {
  const turn = await longestTurn(importing);
  const result = await importing;
  return { counts: "tasks" in result ? result.tasks : result, turn };
}

test("as many tasks as an import may have are previewed and imported, and imported again, in short turns", {
  timeout: 240_000,
}, async () => {
  const archive = await parsed(Array.from({ length: 50_000 }, (_, index) => ({ title: `T${index}`, external_id: `e${index}` })));
  // Found by their external ids.
  const others = await parsed(archive.tasks.map(({ external_id }, index) => ({ title: `Other ${index}`, external_id })));
  const longest = await leastOf(100, async () => {
    const archives = archiveOf(await createTestUser());
    const steps = [
      await timed(archives.preview(archive)),
      await timed(archives.importArchive(archive)),
      await timed(archives.importArchive(archive)),
      await timed(archives.importArchive(others)),
    ];
    const [all, none] = [
      { created: 50_000, skipped: 0 },
      { created: 0, skipped: 50_000 },
    ];
    expect(steps.map(({ counts }) => counts)).toEqual([all, all, none, none]);
    return Math.max(...steps.map(({ turn }) => turn));
  });
  expect(longest).toBeLessThan(100);
});

test("tasks with the longest notes are imported in short turns", { timeout: 240_000 }, async () => {
  const notes = (index: number) => `word${index} `.repeat(3_000).slice(0, 20_000);
  const archive = await parsed(Array.from({ length: 100 }, (_, index) => ({ title: `T${index}`, notes: notes(index) })));
  const longest = await leastOf(100, async () => {
    const { counts, turn } = await timed(archiveOf(await createTestUser()).importArchive(archive));
    expect(counts).toEqual({ created: 100, skipped: 0 });
    return turn;
  });
  expect(longest).toBeLessThan(100);
});
