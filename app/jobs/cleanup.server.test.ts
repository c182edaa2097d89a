import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { env } from "#app/env.server.ts";
import { sweep } from "#app/jobs/cleanup.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type Task, TaskInput } from "#app/tasks/task.ts";
import { createTestUser } from "#app/testing/users.ts";

test("a sweep ends what has been in the trash for 30 days, and leaves the rest", async () => {
  const users = [await createTestUser(), await createTestUser()];
  for (const user of users) {
    const tasks = tasksOf(user);
    for (const days of [29, 31, undefined]) {
      const { id } = (await tasks.create(TaskInput.parse({ title: `${days}` }))) as Task;
      if (days === undefined) continue;
      await tasks.remove(id);
      await sql`update task set deleted_at = now() - make_interval(days => ${days}) where id = ${id}`.execute(db);
    }
  }
  await sweep();
  for (const { id } of users) {
    const left = await db.selectFrom("task").select("title").where("userId", "=", id).orderBy("title").execute();
    expect(left.map(({ title }) => title)).toEqual(["29", "undefined"]);
    expect(await db.selectFrom("tombstone").select("kind").where("userId", "=", id).execute()).toEqual([{ kind: "task" }]);
  }
});

test("a sweep ends history and tombstones after 90 days", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = (await tasks.create(TaskInput.parse({ title: "one" }))) as Task;
  await tasks.update(id, { title: "two" });
  await tasks.update(id, { title: "three" });
  const gone = (await tasks.create(TaskInput.parse({ title: "gone" }))) as Task;
  await tasks.purge(gone.id);
  await sql`update task_revision set replaced_at = now() - interval '91 days' where task_id = ${id} and version = 1`.execute(db);
  await sql`update tombstone set deleted_at = now() - interval '91 days' where id = ${gone.id}`.execute(db);
  await sweep();
  expect((await changesOf(user).historyOf(id)).map(({ version }) => version)).toEqual([3, 2]);
  expect(await db.selectFrom("tombstone").select("id").where("id", "=", gone.id).execute()).toEqual([]);
});

test("a sweep ends kept answers after 24 hours", async () => {
  const { id } = await createTestUser();
  for (const hours of [23, 25]) {
    await sql`
      insert into kept_answer (user_id, key, request_hash, status, headers, body, created_at)
      values (${id}, ${`${hours}`}, '', 201, '[]', '', now() - make_interval(hours => ${hours}))
    `.execute(db);
  }
  await sweep();
  expect(await db.selectFrom("keptAnswer").select("key").where("userId", "=", id).execute()).toEqual([{ key: "23" }]);
});

test("sweeps of several instances at once end more than one statement takes", async () => {
  const { id } = await createTestUser();
  await sql`
    insert into tombstone (user_id, kind, id, change_seq, deleted_at)
    select ${id}, 'task', gen_random_uuid(), number, now() - interval '91 days' from generate_series(1, 1200) number
  `.execute(db);
  await sql`insert into change_sequence (user_id, last_value) values (${id}, 1200)`.execute(db);
  await Promise.all([sweep(), sweep(), sweep()]);
  await sweep();
  expect(await db.selectFrom("tombstone").select("id").where("userId", "=", id).execute()).toEqual([]);
  expect(await db.selectFrom("changeSequence").select("sweptTo").where("userId", "=", id).execute()).toEqual([{ sweptTo: 1200 }]);
});

// The embedded database has one connection: there nobody writes while it sweeps.
test.skipIf(!env.DATABASE_URL)("a sweep does not wait for somebody who is writing", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const gone = (await tasks.create(TaskInput.parse({ title: "gone" }))) as Task;
  await tasks.purge(gone.id);
  await sql`update tombstone set deleted_at = now() - interval '91 days' where id = ${gone.id}`.execute(db);
  const left = () => db.selectFrom("tombstone").select("id").where("id", "=", gone.id).execute();
  await inWriteTransaction(user.id, async () => {
    await sweep();
    expect(await left()).toEqual([{ id: gone.id }]);
  });
  await sweep();
  expect(await left()).toEqual([]);
});
