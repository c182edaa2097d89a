import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { parseJsonArchive } from "#app/io/json.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { createAll } from "#app/tasks/capture/lines.server.ts";
import { purgeOldTrash } from "#app/tasks/store/cleanup.server.ts";
import { textBytes } from "#app/tasks/store/quota.server.ts";
import { restoreWithChanges } from "#app/tasks/store/restore.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { anyArchive } from "#app/testing/archives.ts";
import { make, taskInput } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

async function countedOf({ id }: UserRef) {
  const counted = db.selectFrom("changeSequence").select(["taskCount", "listCount", "textBytes"]).where("userId", "=", id);
  return (await counted.executeTakeFirst()) ?? { taskCount: 0, listCount: 0, textBytes: 0 };
}

async function actualOf({ id }: UserRef) {
  const tasks = await db.selectFrom("task").select(["title", "notes"]).where("userId", "=", id).execute();
  const lists = await db.selectFrom("list").select("id").where("userId", "=", id).execute();
  return { taskCount: tasks.length, listCount: lists.length, textBytes: tasks.reduce((sum, task) => sum + textBytes(task), 0) };
}

type Operation = (user: UserRef, taskAt: (index: number) => string, listAt: (index: number) => string) => Promise<unknown>;

const text = fc.oneof(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), fc.constantFrom("a", "é", "牛乳", "🪴"));
const title = text.map((some) => some.replaceAll("\0", "").trim() || "x").filter((some) => some.isWellFormed());
const notes = fc.oneof(fc.constant(""), title, fc.constant("long ".repeat(3_000)));
const index = fc.nat({ max: 5 });
const repeating = fc.constantFrom({}, { due: { date: "2090-01-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" as const } });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.tuple(title, notes, repeating).map(([title, notes, rest]): Operation => {
    return (user) => tasksOf(user).create(taskInput({ title, notes, ...rest }));
  }),
  fc.tuple(title, index).map(([title, at]): Operation => {
    return (user, taskAt) => tasksOf(user).create(taskInput({ title, parent_id: taskAt(at) }));
  }),
  fc.tuple(title, fc.uuid({ version: 7 })).map(
    ([title, id]): Operation =>
      (user) =>
        tasksOf(user).createOnce(id, taskInput({ title })),
  ),
  fc.tuple(title, title).map(([first, second]): Operation => {
    const entries = [
      { input: taskInput({ title: first }), parent: null },
      { input: taskInput({ title: second }), parent: 0 },
    ];
    return (user) => createAll(user, entries);
  }),
  fc.tuple(index, title, notes, fc.constantFrom("open" as const, "done" as const)).map(([at, title, notes, status]): Operation => {
    return (user, taskAt) => tasksOf(user).update(taskAt(at), { title, notes, status });
  }),
  fc.tuple(index, title).map(
    ([at, title]): Operation =>
      (user, taskAt) =>
        restoreWithChanges(user, taskAt(at), { title }),
  ),
  fc.tuple(index, fc.constantFrom("complete", "reopen", "skip", "remove", "remove", "restore", "purge")).map(([at, verb]): Operation => {
    return (user, taskAt) =>
      verb === "complete" ? tasksOf(user).complete(taskAt(at), { cascade: true }) : tasksOf(user)[verb](taskAt(at));
  }),
  fc.constant((user: UserRef) => tasksOf(user).emptyTrash()),
  fc.tuple(title, index, fc.boolean()).map(([title, at, atomic]): Operation => {
    return (user, taskAt) => {
      const changes = { op: "update" as const, id: taskAt(at), task: { title } };
      const lost = { ...changes, id: "none" };
      return changesOf(user).batch([{ op: "create", task: taskInput({ title }) }, changes, { op: "delete", id: taskAt(at + 1) }, lost], {
        atomic,
      });
    };
  }),
  fc.constant((user: UserRef) => listsOf(user).create({ name: "Home", color: null })),
  fc.tuple(index, fc.constantFrom("inbox" as const, "trash" as const)).map(([at, tasks]): Operation => {
    return (user, _, listAt) => listsOf(user).remove(listAt(at), { tasks });
  }),
  anyArchive.map((archive): Operation => {
    return async (user) => archiveOf(user).importArchive((await parseJsonArchive(archive)) as never);
  }),
  fc.nat({ max: 8 }).map((back): Operation => {
    return async (user) => {
      const sequence = await db.selectFrom("changeSequence").select("lastValue").where("userId", "=", user.id).executeTakeFirst();
      return changesOf(user).undo((sequence?.lastValue ?? 0) - back);
    };
  }),
  fc.constant(async (user: UserRef) => {
    await sql`update task set deleted_at = now() - interval '31 days' where user_id = ${user.id} and deleted_at is not null`.execute(db);
    return purgeOldTrash(() => undefined);
  }),
);

test("what is counted is what there is, after any changes", async () => {
  const bystander = await createTestUser();
  await make(tasksOf(bystander), { title: "Milk" });
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 8, maxLength: 16 }), async (operations) => {
      const user = await createTestUser();
      for (const perform of operations) {
        const tasks = await db.selectFrom("task").select("id").where("userId", "=", user.id).orderBy("createdAt", "desc").execute();
        const lists = await db.selectFrom("list").select("id").where("userId", "=", user.id).execute();
        const idAt = (rows: { id: string }[]) => (at: number) => rows[at % rows.length]?.id ?? crypto.randomUUID();
        await perform(user, idAt(tasks), idAt(lists));
        expect(await countedOf(user)).toEqual(await actualOf(user));
      }
    }),
    { numRuns: 8 },
  );
  expect(await countedOf(bystander)).toEqual({ taskCount: 1, listCount: 0, textBytes: 4 });
});

test("a transaction that is rolled back counts nothing", async () => {
  const user = await createTestUser();
  const transaction = inWriteTransaction(user, async (transaction) => {
    await make(tasksOf(user, transaction));
    throw new Error("Enough");
  });
  await expect(transaction).rejects.toThrow("Enough");
  expect(await countedOf(user)).toEqual({ taskCount: 0, listCount: 0, textBytes: 0 });
});

test("a user can be deleted with everything", async () => {
  const user = await createTestUser();
  const parent = await make(tasksOf(user));
  await make(tasksOf(user), { parent_id: parent.id });
  await listsOf(user).create({ name: "Home", color: null });
  await db.deleteFrom("user").where("id", "=", user.id).execute();
  expect(await actualOf(user)).toEqual({ taskCount: 0, listCount: 0, textBytes: 0 });
});
