import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { TaskVersion, VersionPage } from "#app/changes/task-versions.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

async function pageOf(user: UserRef, id: string, page = { limit: 50, cursor: undefined as string | undefined }): Promise<VersionPage> {
  const found = await changesOf(user).versions(id, page);
  if (typeof found !== "object") throw new Error(`No versions: ${found}`);
  return found;
}

function short({ task, action, fields }: TaskVersion): unknown[] {
  return [task.version, action, task.title, ...fields];
}

test("each version is the task as it was then, with the change that wrote it", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { labels: ["x"], due: { date: "2090-01-01", time: "09:00", timezone: "Asia/Tokyo" } });
  const versions = [await tasks.find(id)];
  for (const changes of [{ title: "b", due: null }, { status: "done" as const }, { status: "open" as const }]) {
    versions.unshift(unwrap(await tasks.update(id, changes)));
  }
  const script = { ...user, origin: { type: "key" as const, id: crypto.randomUUID() } };
  versions.unshift(unwrap(await tasksOf(script).update(id, { notes: "By a script" })));
  const page = await pageOf(user, id);
  expect(page.versions.map(({ task }) => task)).toEqual(versions);
  expect(page.versions.map(({ at }) => at)).toEqual(versions.map((task) => task?.updatedAt));
  expect(page.versions.map(short)).toEqual([
    [5, "updated", "b", "notes"],
    [4, "reopened", "b", "status"],
    [3, "completed", "b", "status"],
    [2, "updated", "b", "title", "due"],
    [1, "created", "A task"],
  ]);
  expect(page.versions.map(({ origin }) => origin?.type)).toEqual(["key", "session", "session", "session", "session"]);
  expect(page.nextCursor).toBeNull();
});

test("pages of versions lose and repeat none, and name the fields across pages", async () => {
  const user = await createTestUser();
  const { id } = await make(tasksOf(user), { title: "1" });
  for (let version = 2; version <= 5; version++) await tasksOf(user).update(id, { title: `${version}` });
  const read: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOf(user, id, { limit: 2, cursor });
    read.push(...page.versions.map(short));
    cursor = page.nextCursor ?? undefined;
    await tasksOf(user).update(id, { title: `Since ${cursor}` });
  } while (cursor);
  expect(read).toEqual([...[5, 4, 3, 2].map((version) => [version, "updated", `${version}`, "title"]), [1, "created", "1"]]);
  const other = await make(tasksOf(user));
  const { nextCursor } = await pageOf(user, id, { limit: 1, cursor: undefined });
  expect(await changesOf(user).versions(other.id, { limit: 1, cursor: nextCursor ?? "" })).toBe("malformed");
});

test("a version from before the log has no origin, and without the version before it no fields", async () => {
  const user = await createTestUser();
  const { id } = await make(tasksOf(user));
  await tasksOf(user).update(id, { title: "b" });
  await sql`delete from change_log where user_id = ${user.id}`.execute(db);
  await sql`delete from task_revision where user_id = ${user.id}`.execute(db);
  const { versions } = await pageOf(user, id);
  expect(versions.map((version) => [version.origin, ...short(version)])).toEqual([[null, 2, "updated", "b"]]);
});

test("a task in the trash has no versions, like one that does not exist", async () => {
  const user = await createTestUser();
  const { id } = await make(tasksOf(user));
  await tasksOf(user).remove(id);
  expect(await changesOf(user).versions(id, { limit: 1 })).toBeUndefined();
});
