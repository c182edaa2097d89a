import { sql } from "kysely";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { sideBarOf } from "#app/lists/side-bar.server.ts";
import { COUNTED_UP_TO } from "#app/lists/side-bar.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";
import { userNowAt } from "#app/time.ts";

test("the side bar counts the open tasks of each list, without subtasks, like the list itself", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const home = await makeList(listsOf(user), { name: "Home", color: "red" });
  const work = await makeList(listsOf(user), { name: "Work" });
  const parent = await make(tasks, { list_id: home.id });
  await make(tasks, { parent_id: parent.id });
  await make(tasks, { list_id: home.id, status: "done" });
  unwrap(await tasks.remove((await make(tasks, { list_id: home.id })).id));
  const { lists } = await sideBarOf(user);
  expect(lists).toEqual([
    { id: home.id, name: "Home", color: "red", openCount: 1 },
    { id: work.id, name: "Work", color: null, openCount: 0 },
  ]);
  expect((await listsOf(user).list()).map(({ openCount }) => openCount)).toEqual([1, 0]);
});

test("counts in the side bar stop at the limit", async () => {
  const user = await createTestUser();
  await sql`
    insert into task (user_id, id, title, rank, due_date, change_seq)
    select ${user.id}, gen_random_uuid(), 'One of many', 'k' || lpad(n::text, 11, '0'), current_date, 1
    from generate_series(1, ${COUNTED_UP_TO + 50}::int) n
  `.execute(db);
  expect((await sideBarOf(user)).counts).toMatchObject({ inbox: COUNTED_UP_TO });
});

test("the side bar has no lists or counts of other users", async () => {
  const owner = await createTestUser();
  await makeList(listsOf(owner), { name: "Secret" });
  await make(tasksOf(owner));
  expect(await sideBarOf(await createTestUser())).toEqual({ counts: { today: 0, upcoming: 0, inbox: 0 }, lists: [], nextDue: null });
});

test("the side bar names the next time that an open task is due, with a zone or without", async () => {
  const user = { ...(await createTestUser()), timezone: "Europe/Lisbon" };
  const tasks = tasksOf(user);
  const now = userNowAt(Temporal.Instant.from("2026-11-29T09:00:30Z"), user.timezone);
  const nextDue = async () => (await sideBarOf(user, now)).nextDue?.toString();
  await make(tasks, { due: { date: "2026-11-29" } });
  await make(tasks, { due: { date: "2026-11-29", time: "09:00" } });
  await make(tasks, { due: { date: "2026-11-29", time: "09:05" }, status: "done" });
  unwrap(await tasks.remove((await make(tasks, { due: { date: "2026-11-29", time: "09:05" } })).id));
  expect(await nextDue()).toBeUndefined();
  await make(tasks, { due: { date: "2026-11-29", time: "15:00" } });
  expect(await nextDue()).toBe("2026-11-29T15:00:00Z");
  await make(tasks, { due: { date: "2026-11-29", time: "20:00", timezone: "Asia/Tokyo" } });
  expect(await nextDue()).toBe("2026-11-29T11:00:00Z");
});
