import fc from "fast-check";
import { expect, test } from "vitest";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction, writerFor } from "#app/db/writer.server.ts";
import { isFailure, VersionConflict } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { allTasks } from "#app/tasks/store/transfer.server.ts";
import { taskWrites } from "#app/tasks/store/writes.server.ts";
import type { Task, TaskChanges, TaskStatus } from "#app/tasks/task.ts";
import { make, taskInput } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

// Most writes are one statement where that is enough, and a transaction where it is not: both must do the same.

type Tasks = ReturnType<typeof tasksOf>;
type Outcome = Awaited<ReturnType<Tasks["create" | "update" | "complete" | "restore"]>>;
/** `ids` are those of the tasks that earlier operations created, the same for every user. */
type Operation = (tasks: Tasks, ids: string[]) => Promise<Outcome>;

/** Far ahead, so that no rule depends on today. */
const due = fc.option(fc.constantFrom({ date: "2090-01-31" }, { date: "2090-02-01", time: "09:00", timezone: "Asia/Tokyo" }));
const recurrence = fc.option(
  fc.constantFrom({ rrule: "FREQ=DAILY", anchor: "due" as const }, { rrule: "FREQ=MONTHLY", anchor: "due" as const }),
);
const index = fc.nat({ max: 3 });

const create = fc.record({ due, recurrence, status: fc.constantFrom("open", "open", "done"), parent: fc.option(index), id: fc.uuid() });
const changes: fc.Arbitrary<TaskChanges> = fc.record(
  {
    title: fc.constantFrom("a", "b"),
    status: fc.constantFrom<TaskStatus[]>("open", "done"),
    priority: fc.nat({ max: 3 }),
    labels: fc.subarray(["home", "car"]),
    due: fc.option(fc.constantFrom({ date: "2090-03-01" }, { time: "10:00" }, { timezone: null })),
    recurrence,
  },
  { requiredKeys: [] },
);
const versions = fc.option(fc.constantFrom<number[][]>([1], [1, 2], [3]), { nil: undefined });
const position = fc.constantFrom("first" as const, "last" as const);

/** The id at that index of those there are; before any, one that names no task. */
function idAt(ids: string[], at: number): string {
  return ids[at % ids.length] ?? "none";
}

const operation: fc.Arbitrary<Operation> = fc.oneof(
  create.map(({ parent, id, recurrence, ...fields }): Operation => {
    return (tasks, ids) => {
      const parentId = parent === null ? null : (ids[parent % ids.length] ?? null);
      return tasks.create(taskInput({ ...fields, recurrence: fields.due && recurrence, parent_id: parentId } as never), id);
    };
  }),
  fc.tuple(index, changes, versions).map(
    ([at, some, when]): Operation =>
      (tasks, ids) =>
        tasks.update(idAt(ids, at), some, when),
  ),
  fc.tuple(index, fc.boolean(), versions).map(
    ([at, cascade, when]): Operation =>
      (tasks, ids) =>
        tasks.complete(idAt(ids, at), { cascade }, when),
  ),
  fc.tuple(index, position).map(
    ([at, where]): Operation =>
      (tasks, ids) =>
        tasks.move(idAt(ids, at), { position: where }),
  ),
  fc.tuple(index, index).map(
    ([at, other]): Operation =>
      (tasks, ids) =>
        tasks.move(idAt(ids, at), { after: idAt(ids, other) }),
  ),
  fc
    .tuple(index, fc.constantFrom("reopen" as const, "skip" as const, "remove" as const, "restore" as const, "purge" as const), versions)
    .map(
      ([at, verb, when]): Operation =>
        (tasks, ids) =>
          tasks[verb](idAt(ids, at), when),
    ),
);

/** The tasks after the operations, and what came of each. Every user has the same ids, but for those of later occurrences. */
async function resultOf(operations: Operation[], user: UserRef, run: (work: (tasks: Tasks) => Promise<Outcome>) => Promise<Outcome>) {
  const ids: string[] = [];
  const outcomes: unknown[] = [];
  for (const perform of operations) {
    const outcome = await run((tasks) => perform(tasks, ids));
    outcomes.push(
      isFailure(outcome) || outcome === undefined ? outcome?.constructor.name : masked("next" in outcome ? outcome.task : outcome),
    );
    for (const task of await tasksIn(user)) if (!ids.includes(task.id)) ids.push(task.id);
  }
  return { outcomes, tasks: (await tasksIn(user)).map(masked) };
}

/** Every task of the user, in manual order; occurrences of a series have one rank. */
async function tasksIn(user: UserRef): Promise<Task[]> {
  const keyed: [key: string, task: Task][] = [];
  for await (const batch of allTasks(db, user.id)) {
    for (const task of batch) keyed.push([`${task.rank} ${JSON.stringify(masked(task))}`, task]);
  }
  return keyed.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, task]) => task);
}

/** Without what differs between any two users: ids, ranks, times and change numbers. */
function masked({ id: _id, rank: _rank, createdAt: _createdAt, updatedAt: _updatedAt, changeSeq: _changeSeq, ...task }: Task) {
  const isSet = (value: string | null) => value !== null;
  const { parentId, seriesId, completedAt, deletedAt } = task;
  return { ...task, parentId: isSet(parentId), seriesId: isSet(seriesId), completedAt: isSet(completedAt), deletedAt: isSet(deletedAt) };
}

test("a write does the same in one statement as in a transaction, whatever another user with equal ids does", async () => {
  const [one, other] = [await createTestUser(), await createTestUser()];
  await fc.assert(
    fc
      .asyncProperty(fc.array(operation, { minLength: 3, maxLength: 8 }), async (operations) => {
        const alone = await resultOf(operations, one, (work) => work(tasksOf(one)));
        const within = await resultOf(operations, other, (work) =>
          inWriteTransaction(other.id, (transaction) => work(tasksOf(other, transaction))),
        );
        expect(within).toEqual(alone);
      })
      .afterEach(async () => {
        for (const { id } of [one, other]) await db.deleteFrom("task").where("userId", "=", id).execute();
      }),
    { numRuns: 25 },
  );
});

/** The user's writes, of which the first statement is preceded by another update of the task. */
function writesWithRace(user: UserRef, id: string) {
  const writer = writerFor(user.id);
  let other: Promise<unknown> | undefined;
  async function afterOther<T>(write: () => Promise<T>): Promise<T> {
    other ??= tasksOf(user).update(id, { title: "Meanwhile" });
    await other;
    return write();
  }
  return taskWrites(user, {
    ...writer,
    inOneStatement: (write) => afterOther(() => writer.inOneStatement(write)),
    run: (statement, values) => afterOther(() => writer.run(statement, values)),
  });
}

test.each<[string, TaskStatus, TaskChanges]>([
  ["changes a field", "open", { priority: 3 }],
  ["completes the task", "open", { status: "done" }],
  ["reopens the task", "done", { status: "open" }],
])("an update that %s keeps what was written between its read and its write", async (_what, status, changes) => {
  const user = await createTestUser();
  const { id } = await make(tasksOf(user), { status });
  expect(await writesWithRace(user, id).update(id, changes)).toMatchObject({ title: "Meanwhile", version: 3, ...changes });
  const other = await make(tasksOf(user), { status });
  expect(await writesWithRace(user, other.id).update(other.id, changes, [other.version])).toBeInstanceOf(VersionConflict);
  expect(await tasksOf(user).find(other.id)).toMatchObject({ title: "Meanwhile", version: 2, status });
});
