import { changesOf } from "#app/changes/changes.server.ts";
import type { UserRef } from "#app/context.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { InvalidArchive } from "#app/io/archive.ts";
import { parseJsonArchive } from "#app/io/json.ts";
import { pendingImportOf } from "#app/io/pending-import.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

// Users who have imported the same archive: their lists and tasks have equal ids, change numbers and versions.

const TODAY = Temporal.Now.plainDateISO("Europe/Lisbon");
const TRASHED = { deleted_at: "2026-01-01T00:00:00Z" };
const DAILY = { rrule: "FREQ=DAILY", anchor: "due" };

export function uuid(number: number): string {
  return `0199a3c2-5c0e-7d4e-9a53-${String(number).padStart(12, "0")}`;
}

export const LISTS = [uuid(91), uuid(92)];
export const [PARENT, SUBTASK, LATE, REPEATING, DONE, TRASH, LISTED] = [uuid(1), uuid(2), uuid(3), uuid(4), uuid(5), uuid(6), uuid(7)];
export const TRASHED_SUBTASK = uuid(8);
export const TASKS = [PARENT, SUBTASK, LATE, REPEATING, DONE, TRASH, TRASHED_SUBTASK, LISTED];

export function archiveWith(word: string) {
  const today = TODAY.toString();
  return {
    version: 1,
    lists: LISTS.map((id, index) => ({ id, name: `${word} list ${index}`, color: "red", rank: `a${index}` })),
    tasks: [
      { id: PARENT, title: `${word} parent`, list_id: LISTS[0], due: { date: today } },
      { id: SUBTASK, title: `${word} subtask`, parent_id: PARENT },
      { id: LATE, title: `${word} late`, due: { date: "2020-01-01" }, labels: [word], external_id: "x" },
      { id: REPEATING, title: `${word} repeating`, due: { date: today }, recurrence: DAILY },
      { id: DONE, title: `${word} done`, status: "done", completed_at: "2026-01-01T00:00:00Z" },
      { id: TRASH, title: `${word} trash`, list_id: LISTS[1], ...TRASHED },
      { id: TRASHED_SUBTASK, title: `${word} trashed subtask`, parent_id: TRASH, ...TRASHED },
      { id: LISTED, title: `${word} listed`, list_id: LISTS[1], labels: [word, "shared"], priority: 3 },
    ],
  };
}

export async function importInto(archives: Pick<ReturnType<typeof archiveOf>, "importArchive">, json: object): Promise<void> {
  const archive = await parseJsonArchive(json);
  const result = archive instanceof InvalidArchive ? archive : await archives.importArchive(archive);
  if (result instanceof InvalidArchive) throw new Error(JSON.stringify(result.problems));
}

/** `word` is in every text of the user's tasks and lists. */
export async function userWith(word: string): Promise<UserRef> {
  const user = await createTestUser();
  await importInto(archiveOf(user), archiveWith(word));
  const tasks = tasksOf(user);
  unwrap(await tasks.update(LISTED, { notes: `${word} notes` }));
  await changesOf(user).undo(unwrap(await tasks.update(LATE, { notes: `${word} undone` })).changeSeq);
  unwrap(await listsOf(user).update(LISTS[1] ?? "", { color: "blue" }));
  unwrap(await tasks.purge(unwrap(await tasks.createOnce(uuid(9), taskInput({ title: word }))).id));
  await pendingImportOf(user).save(`${word}.csv`, Buffer.from(word));
  return user;
}

/** Another series than REPEATING, for `importInto`. */
export const SECOND = { id: uuid(30), title: "second", due: { date: "2090-01-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } };

export async function repositories(word: string) {
  const user = await userWith(word);
  return { user, tasks: tasksOf(user), lists: listsOf(user), changes: changesOf(user) };
}
export type Repositories = Awaited<ReturnType<typeof repositories>>;

/** Ends with REPEATING done, and without another occurrence. */
export async function endSeries({ tasks }: Repositories): Promise<void> {
  const { next } = unwrap(await tasks.complete(REPEATING));
  unwrap(await tasks.purge(next?.id ?? ""));
}
