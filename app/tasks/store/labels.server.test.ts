import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { db } from "#app/db/database.server.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { nameKey } from "#app/tasks/name-key.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

test("a label is renamed on every task, done ones and those in the trash too, as one change", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const open = await make(tasks, { labels: ["x", "home", "y"] });
  const done = await make(tasks, { labels: ["home"], status: "done" });
  const trashed = await make(tasks, { labels: ["home"] });
  const other = await make(tasks, { labels: ["Homé", "x"] });
  unwrap(await tasks.remove(trashed.id));
  const renamed = await tasks.renameLabel("home", "house");
  expect(renamed).toMatchObject({ name: "house", openCount: 1 });
  expect(await tasks.find(open.id)).toMatchObject({ labels: ["x", "house", "y"], version: 2 });
  expect(await tasks.find(done.id)).toMatchObject({ labels: ["house"], status: "done" });
  expect(await tasks.find(other.id)).toEqual(other);
  expect(await tasks.restore(trashed.id)).toMatchObject({ labels: ["house"] });
  expect(await changesOf(user).undo(renamed?.changeSeq ?? 0)).toBe(2);
  expect(await tasks.find(open.id)).toMatchObject({ labels: ["x", "home", "y"] });
});

test("renaming and removing a label leave the tasks of another user who has it", async () => {
  const [user, stranger] = [tasksOf(await createTestUser()), tasksOf(await createTestUser())];
  const strangers = await make(stranger, { labels: ["home", "x"] });
  for (const title of ["a", "b"]) await make(user, { title, labels: ["home"] });
  expect(await user.renameLabel("home", "x")).toMatchObject({ openCount: 2 });
  expect(await stranger.find(strangers.id)).toEqual(strangers);
  await user.removeLabel("x");
  expect(await user.labels("all")).toEqual([]);
  expect(await stranger.find(strangers.id)).toEqual(strangers);
});

test("renaming leaves one label on a task that had both", async () => {
  const tasks = tasksOf(await createTestUser());
  const before = await make(tasks, { labels: ["old", "x", "new"] });
  const after = await make(tasks, { labels: ["new", "x", "old"] });
  await tasks.renameLabel("old", "new");
  expect(await tasks.find(before.id)).toMatchObject({ labels: ["new", "x"] });
  expect(await tasks.find(after.id)).toMatchObject({ labels: ["new", "x"] });
});

test("a label is removed from every task, done ones and those in the trash too, as one change that undo reverts", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const open = await make(tasks, { labels: ["x", "home", "y"] });
  const done = await make(tasks, { labels: ["home"], status: "done" });
  const trashed = await make(tasks, { labels: ["home"] });
  const other = await make(tasks, { labels: ["Homé"] });
  unwrap(await tasks.remove(trashed.id));
  const removed = unwrap(await tasks.removeLabel("home"));
  expect(await tasks.find(open.id)).toMatchObject({ labels: ["x", "y"], version: 2 });
  expect(await tasks.find(done.id)).toMatchObject({ labels: [], status: "done" });
  expect(await tasks.find(other.id)).toEqual(other);
  expect(await changesOf(user).undo(removed.changeSeq)).toBe(3);
  expect(await tasks.find(open.id)).toMatchObject({ labels: ["x", "home", "y"] });
  expect(await tasks.restore(trashed.id)).toMatchObject({ labels: ["home"] });
});

test("a label that no task has can't be removed", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks, { labels: ["home"] });
  for (const name of ["Homé", "", "a,b", "\0", "\ud83d", "x".repeat(51)]) expect(await tasks.removeLabel(name)).toBeUndefined();
  expect(await tasks.find(task.id)).toEqual(task);
});

test("a label that no task has can't be renamed, and one that keeps its name changes nothing", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks, { labels: ["home"] });
  for (const name of ["Homé", "", "a,b", "\0", "\ud83d", "x".repeat(51)]) expect(await tasks.renameLabel(name, "new")).toBeUndefined();
  expect(await tasks.renameLabel("home", "home")).toMatchObject({ name: "home", openCount: 1 });
  expect(await tasks.renameLabel("nothing", "home")).toBeUndefined();
  expect(await tasks.find(task.id)).toEqual(task);
});

test("a label that only tasks in the trash have is renamed there", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { labels: ["home"] });
  unwrap(await tasks.remove(id));
  expect(await tasks.renameLabel("home", "house")).toMatchObject({ name: "house", openCount: 0 });
  expect(await tasks.restore(id)).toMatchObject({ labels: ["house"] });
});

test("all labels are those of tasks outside the trash, with the number of open tasks", async () => {
  const tasks = tasksOf(await createTestUser());
  await make(tasks, { labels: ["b", "a"] });
  await make(tasks, { labels: ["a", "done"], status: "done" });
  unwrap(await tasks.remove((await make(tasks, { labels: ["gone"] })).id));
  expect(await tasks.labels()).toEqual([
    { name: "a", openCount: 1 },
    { name: "b", openCount: 1 },
  ]);
  expect(await tasks.labels("all")).toEqual([
    { name: "a", openCount: 1 },
    { name: "b", openCount: 1 },
    { name: "done", openCount: 0 },
  ]);
});

const CAFE = "Café";
const DECOMPOSED_CAFE = CAFE.normalize("NFD");

test("a label is stored in the spelling that came first, whatever its case or Unicode form", async () => {
  const tasks = tasksOf(await createTestUser());
  await make(tasks, { labels: ["Errands", DECOMPOSED_CAFE] });
  const { id } = await make(tasks, { labels: ["x", "errands", CAFE] });
  expect(await tasks.find(id)).toMatchObject({ labels: ["x", "Errands", DECOMPOSED_CAFE] });
  const updated = unwrap(await tasks.update(id, { labels: ["ERRANDS", "Cafe", "X"] }));
  expect(updated.labels).toEqual(["Errands", "Cafe", "x"]);
  const outcome = await tasks.create(taskInput({ labels: ["ｅrrands", "ErRands", "straße", "STRASSE"] }));
  expect(outcome).toMatchObject({ labels: ["Errands", "straße"] });
  expect((await tasks.labels()).map(({ name }) => name)).toEqual(["Cafe", DECOMPOSED_CAFE, "Errands", "straße", "x"]);
});

test("another spelling of a task's labels changes nothing", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks, { labels: ["Errands", "x"] });
  expect(await tasks.update(task.id, { labels: ["errands", "X", "ERRANDS"] })).toEqual(task);
});

test("labels of one user do not decide the spelling of another user's", async () => {
  await make(tasksOf(await createTestUser()), { labels: ["Errands"] });
  expect(await make(tasksOf(await createTestUser()), { labels: ["errands"] })).toMatchObject({ labels: ["errands"] });
});

test("tasks created at once agree on the spelling", async () => {
  const user = await createTestUser();
  const spellings = ["errands", "Errands", "ERRANDS", "eRRands"];
  const created = await Promise.all(spellings.map((label) => make(tasksOf(user), { labels: [label] })));
  const read = await Promise.all(created.map(({ id }) => tasksOf(user).find(id)));
  expect(new Set(read.map((task) => task?.labels[0])).size).toBe(1);
  expect(await tasksOf(user).labels()).toMatchObject([{ openCount: 4 }]);
});

test("any spelling of a label filters, renames and removes", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { labels: ["Errands"] });
  const filtered = await tasks.list({ ...TaskFilter.parse({}), label: ["errANDS"] }, { limit: 10 });
  expect(filtered?.tasks.map((task) => task.id)).toEqual([id]);
  expect(await tasks.renameLabel("errANDS", "Shopping")).toMatchObject({ name: "Shopping", openCount: 1 });
  expect(await tasks.find(id)).toMatchObject({ labels: ["Shopping"] });
  unwrap(await tasks.removeLabel("SHOPPING"));
  expect(await tasks.find(id)).toMatchObject({ labels: [] });
  expect(await make(tasks, { labels: ["shopping"] })).toMatchObject({ labels: ["shopping"] });
});

test("a label renamed to another label takes that one's spelling", async () => {
  const tasks = tasksOf(await createTestUser());
  await make(tasks, { labels: ["Errands"] });
  const { id } = await make(tasks, { labels: ["shop", "x"] });
  expect(await tasks.renameLabel("shop", "errands")).toMatchObject({ name: "Errands", openCount: 2 });
  expect(await tasks.find(id)).toMatchObject({ labels: ["Errands", "x"] });
});

test("a label is respelled on every task, and undo goes back, on tasks changed since too", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const [first, second] = [await make(tasks, { labels: ["errands"] }), await make(tasks, { labels: ["errands"] })];
  const renamed = unwrap(await tasks.renameLabel("errands", "Errands"));
  expect(renamed).toMatchObject({ name: "Errands", openCount: 2 });
  expect(await make(tasks, { labels: ["ERRANDS"] })).toMatchObject({ labels: ["Errands"] });
  unwrap(await tasks.update(second.id, { title: "Changed since" }));
  await changesOf(user).undo(renamed.changeSeq);
  expect(await tasks.find(first.id)).toMatchObject({ labels: ["errands"] });
  expect(await tasks.find(second.id)).toMatchObject({ labels: ["errands"], title: "Changed since" });
  expect(await tasks.labels()).toEqual([{ name: "errands", openCount: 3 }]);
});

test("labels are in alphabetical order, by value where they have numbers", async () => {
  const tasks = tasksOf(await createTestUser());
  const sorted = ["Apfel", "äpfel", "Birne", "week 9", "week 10"];
  await make(tasks, { labels: sorted.toReversed() });
  expect((await tasks.labels()).map(({ name }) => name)).toEqual(sorted);
  expect((await tasks.relationsAndLabels([])).labels).toEqual(sorted);
});

test("code and SQL compute the same key of a name", async () => {
  // Characters that every Postgres knows: newer ones came with later versions of Unicode.
  const codes = [...Array.from({ length: 0x1800 }, (_, code) => code + 1), ...Array.from({ length: 0x1e00 }, (_, code) => code + 0x1e00)];
  const names = codes.map((code) => `a${String.fromCodePoint(code)}b`);
  names.push("Straße", "ΟΔΟΣ", "ὈΔΥΣΣΕΎΣ", "İstanbul", "ﬁsh", "①", "ǅ", "ŉ", "ｅrrands", CAFE, DECOMPOSED_CAFE);
  const { rows } = await sql<{ key: string }>`
    select label_key(name) as key from unnest(${names}::text[]) with ordinality given (name, place) order by place
  `.execute(db);
  expect(rows.map(({ key }) => key)).toEqual(names.map(nameKey));
});
