import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { env } from "#app/env.server.ts";
import { pendingImportOf } from "#app/io/pending-import.server.ts";
import { cleanUp } from "#app/jobs/cleanup.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

test("tasks are purged after 30 days in the trash, to the minute, and no others", async () => {
  const users = [await createTestUser(), await createTestUser()];
  for (const user of users) {
    const tasks = tasksOf(user);
    for (const minutes of [-1, 1, undefined]) {
      const { id } = await make(tasks, { title: `${minutes}` });
      if (minutes === undefined) continue;
      await tasks.remove(id);
      await sql`update task set deleted_at = now() - make_interval(days => 30, mins => ${minutes}) where id = ${id}`.execute(db);
    }
  }
  await cleanUp();
  for (const { id } of users) {
    const left = await db.selectFrom("task").select("title").where("userId", "=", id).orderBy("title").execute();
    expect(left.map(({ title }) => title)).toEqual(["-1", "undefined"]);
    expect(await db.selectFrom("tombstone").select("kind").where("userId", "=", id).execute()).toEqual([{ kind: "task" }]);
  }
});

test("history and tombstones are deleted after 90 days, to the minute", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { title: "one" });
  await tasks.update(id, { title: "two" });
  await tasks.update(id, { title: "three" });
  const [gone, recent] = [await make(tasks), await make(tasks)];
  for (const [version, task, minutes] of [
    [1, gone, 1],
    [2, recent, -1],
  ] as const) {
    await tasks.purge(task.id);
    const then = sql`now() - make_interval(days => 90, mins => ${minutes})`;
    await sql`update task_revision set replaced_at = ${then} where task_id = ${id} and version = ${version}`.execute(db);
    await sql`update tombstone set deleted_at = ${then} where id = ${task.id}`.execute(db);
  }
  await cleanUp();
  expect((await changesOf(user).historyOf(id)).map(({ version }) => version)).toEqual([3, 2]);
  expect(await db.selectFrom("tombstone").select("id").where("userId", "=", user.id).execute()).toEqual([{ id: recent.id }]);
});

test("the log of changes is deleted after 90 days, and what an undo has removed after an hour", async () => {
  const user = await createTestUser();
  const [old, recent] = [await make(tasksOf(user)), await make(tasksOf(user))];
  for (const { changeSeq } of [old, recent]) await changesOf(user).undo(changeSeq);
  for (const [{ id, changeSeq }, minutes] of [
    [old, 1],
    [recent, -1],
  ] as const) {
    await sql`update change_log set at = now() - make_interval(days => 90, mins => ${minutes})
      where user_id = ${user.id} and change_seq = ${changeSeq}`.execute(db);
    await sql`update removed_task set removed_at = now() - make_interval(mins => ${60 + minutes}) where task_id = ${id}`.execute(db);
  }
  await cleanUp();
  const logged = await db.selectFrom("changeLog").select("changeSeq").where("userId", "=", user.id).orderBy("changeSeq").execute();
  expect(logged.map(({ changeSeq }) => changeSeq)).toEqual([recent.changeSeq, 3, 4]);
  expect((await sql`select task_id from removed_task where user_id = ${user.id}`.execute(db)).rows).toEqual([{ taskId: recent.id }]);
});

test("the responses of idempotency keys are deleted after 24 hours, to the minute", async () => {
  const { id } = await createTestUser();
  for (const minutes of [24 * 60 - 1, 24 * 60 + 1]) {
    await sql`
      insert into kept_answer (user_id, key, request_hash, status, headers, body, created_at)
      values (${id}, ${`${minutes}`}, '', 201, '[]', '', now() - make_interval(mins => ${minutes}))
    `.execute(db);
  }
  await cleanUp();
  expect(await db.selectFrom("keptAnswer").select("key").where("userId", "=", id).execute()).toEqual([{ key: "1439" }]);
});

test("pending imports, ended sessions and old counts of tries are deleted", async () => {
  const [old, current] = [await createTestUser(), await createTestUser()];
  for (const user of [old, current]) await pendingImportOf(user).save("file.csv", Buffer.from("title"));
  await sql`update held_file set held_at = now() - interval '61 minutes' where user_id = ${old.id}`.execute(db);
  for (const [user, minutes] of [
    [old, -1],
    [current, 1],
  ] as const) {
    await sql`
      insert into session (id, user_id, token, expires_at, created_at, updated_at)
      values (${user.id}, ${user.id}, ${user.id}, now() + make_interval(mins => ${minutes}), now(), now())
    `.execute(db);
    await sql`
      insert into rate_limit (id, key, count, last_request)
      values (${user.id}, ${user.id}, 1, extract(epoch from now() + make_interval(days => -1, mins => ${minutes})) * 1000)
    `.execute(db);
  }
  await cleanUp();
  const ids = [old.id, current.id];
  expect(await db.selectFrom("heldFile").select("userId").where("userId", "in", ids).execute()).toEqual([{ userId: current.id }]);
  expect(await db.selectFrom("session").select("id").where("userId", "in", ids).execute()).toEqual([{ id: current.id }]);
  expect((await sql`select key from rate_limit where key = any(${ids})`.execute(db)).rows).toEqual([{ key: current.id }]);
});

test("a clean-up that fails does not keep the others from running", async () => {
  const { id } = await createTestUser();
  await sql`
    insert into session (id, user_id, token, expires_at, created_at, updated_at)
    values (${id}, ${id}, ${id}, now() - interval '1 minute', now(), now())
  `.execute(db);
  await sql`alter table task_revision rename to task_revision_away`.execute(db);
  try {
    await cleanUp();
  } finally {
    await sql`alter table task_revision_away rename to task_revision`.execute(db);
  }
  expect(await db.selectFrom("session").select("id").where("userId", "=", id).execute()).toEqual([]);
});

test("several instances that clean up at once delete more rows than one statement takes", async () => {
  const { id } = await createTestUser();
  await sql`
    insert into tombstone (user_id, kind, id, change_seq, deleted_at)
    select ${id}, 'task', gen_random_uuid(), number, now() - interval '91 days' from generate_series(1, 1200) number
  `.execute(db);
  await sql`insert into change_sequence (user_id, last_value) values (${id}, 1200)`.execute(db);
  await Promise.all([cleanUp(), cleanUp(), cleanUp()]);
  await cleanUp();
  expect(await db.selectFrom("tombstone").select("id").where("userId", "=", id).execute()).toEqual([]);
  expect(await db.selectFrom("changeSequence").select("sweptTo").where("userId", "=", id).execute()).toEqual([{ sweptTo: 1200 }]);
});

// The embedded database has one connection: there, no transaction is open during a clean-up.
test.skipIf(!env.DATABASE_URL)("a clean-up does not wait for a user who is writing", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const gone = await make(tasks, { title: "gone" });
  await tasks.purge(gone.id);
  // Of an idle user who has imported the same task.
  const { id: idle } = await createTestUser();
  await sql`insert into change_sequence (user_id, last_value) values (${idle}, 1)`.execute(db);
  await sql`insert into tombstone (user_id, kind, id, change_seq) values (${idle}, 'task', ${gone.id}, 1)`.execute(db);
  await sql`update tombstone set deleted_at = now() - interval '91 days' where id = ${gone.id}`.execute(db);
  const left = () => db.selectFrom("tombstone").select("userId").where("id", "=", gone.id).execute();
  await inWriteTransaction(user, async () => {
    await cleanUp();
    expect(await left()).toEqual([{ userId: user.id }]);
  });
  await cleanUp();
  expect(await left()).toEqual([]);
});
