import fc from "fast-check";
import { expect, test } from "vitest";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { type Writer, writerFor } from "#app/db/writer.server.ts";
import { isFailure, VersionConflict } from "#app/tasks/outcome.ts";
import { taskCommands } from "#app/tasks/store/commands.server.ts";
import { taskCreation } from "#app/tasks/store/create.server.ts";
import { UPDATE_TASK } from "#app/tasks/store/statements.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { allTasks } from "#app/tasks/store/transfer.server.ts";
import { taskTrash } from "#app/tasks/store/trash.server.ts";
import { taskWrites } from "#app/tasks/store/writes.server.ts";
import type { Task, TaskChanges, TaskStatus } from "#app/tasks/task.ts";
import { make, taskInput } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

// Most writes are one statement where that is enough, otherwise a transaction. Both must give the same result.

type Repository = ReturnType<typeof taskCreation> &
  ReturnType<typeof taskCommands> &
  ReturnType<typeof taskTrash> &
  ReturnType<typeof taskWrites>;
type Outcome = Awaited<ReturnType<Repository["create" | "update" | "complete" | "restore"]>>;
/** `ids`: the tasks that earlier operations created, in the same order for every user. */
type Operation = (tasks: Repository, ids: string[]) => Promise<Outcome>;

const DAILY = { rrule: "FREQ=DAILY", anchor: "due" } as const;
/** Far ahead, so that no rule depends on today. */
const due = fc.option(fc.constantFrom({ date: "2090-01-31" }, { date: "2090-02-01", time: "09:00", timezone: "Asia/Tokyo" }));
const recurrence = fc.option(fc.constantFrom(DAILY, { rrule: "FREQ=DAILY;INTERVAL=3", anchor: "due" as const }));
const index = fc.nat({ max: 2 });

const create = fc
  .record({ due, recurrence, status: fc.constantFrom("open", "open", "done"), id: fc.uuid() })
  .map((fields) => ({ ...fields, recurrence: fields.due && fields.recurrence }));
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
const versions = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom<number[][]>([1], [1, 2], [3]) },
);

/** Before any task exists, an id that names no task. */
function idAt(ids: string[], at: number): string {
  return ids[at % ids.length] ?? "none";
}

function parentAt(ids: string[], at: number | null): string | null {
  return at === null ? null : idAt(ids, at);
}

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.tuple(create, index, fc.boolean()).map(([fields, parent, isSubtask]): Operation => {
    const { id, ...rest } = fields;
    return (tasks, ids) => tasks.create(taskInput({ ...rest, parent_id: isSubtask ? idAt(ids, parent) : null }), id);
  }),
  fc.tuple(index, changes, versions).map(([at, some, when]): Operation => {
    return (tasks, ids) => tasks.update(idAt(ids, at), some, when);
  }),
  fc.tuple(index, fc.option(index)).map(([at, parent]): Operation => {
    return (tasks, ids) => tasks.update(idAt(ids, at), { parentId: parentAt(ids, parent) });
  }),
  fc.tuple(index, fc.boolean(), versions).map(([at, cascade, when]): Operation => {
    return (tasks, ids) => tasks.complete(idAt(ids, at), { cascade }, when);
  }),
  fc.tuple(index, fc.constantFrom("first" as const, "last" as const)).map(([at, position]): Operation => {
    return (tasks, ids) => tasks.move(idAt(ids, at), { position });
  }),
  fc.tuple(index, index).map(
    ([at, other]): Operation =>
      (tasks, ids) =>
        tasks.move(idAt(ids, at), { after: idAt(ids, other) }),
  ),
  fc.tuple(index, fc.constantFrom("reopen", "skip", "remove", "remove", "purge"), versions).map(([at, verb, when]): Operation => {
    return (tasks, ids) => tasks[verb](idAt(ids, at), when);
  }),
  fc.tuple(index, fc.boolean(), versions).map(([at, dropExternalId, when]): Operation => {
    return (tasks, ids) => tasks.restore(idAt(ids, at), { dropExternalId }, when);
  }),
);

const [parentId, subtaskId, repeatingId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
const BEGINNING: Operation[] = [
  (tasks) => tasks.create(taskInput({ title: "parent" }), parentId),
  (tasks) => tasks.create(taskInput({ title: "subtask", parent_id: parentId }), subtaskId),
  (tasks) => tasks.create(taskInput({ title: "repeating", due: { date: "2090-01-31" }, recurrence: DAILY }), repeatingId),
];

/** The same methods, with every write in a transaction. */
function transactionsOf(user: UserRef): Repository {
  const writer = writerFor(user);
  const withoutStatements: Writer = {
    ...writer,
    inOneStatement: async () => [] as never,
    run: async (statement, values) => ((statement as object) === UPDATE_TASK ? [] : writer.run(statement, values)),
  };
  return {
    ...taskCreation(user, withoutStatements),
    ...taskWrites(user, withoutStatements),
    ...taskCommands(user, withoutStatements),
    ...taskTrash(user, withoutStatements),
  };
}

async function resultOf(operations: Operation[], user: UserRef, repository: Repository) {
  const ids: string[] = [];
  const outcomes: unknown[] = [];
  for (const perform of operations) {
    const outcome = await perform(repository, ids);
    if (outcome === undefined || isFailure(outcome)) {
      outcomes.push(outcome?.constructor.name);
      continue;
    }
    const { task, next } = "next" in outcome ? outcome : { task: outcome, next: null };
    outcomes.push(masked(task));
    for (const { id } of next ? [task, next] : [task]) if (!ids.includes(id)) ids.push(id);
  }
  return { outcomes, tasks: (await tasksIn(user)).map(masked) };
}

/** In manual order. Occurrences of a series share a rank. */
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
  const { parentId, seriesId, previousId, completedAt, deletedAt } = task;
  const ids = { parentId: isSet(parentId), seriesId: isSet(seriesId), previousId: isSet(previousId) };
  return { ...task, ...ids, completedAt: isSet(completedAt), deletedAt: isSet(deletedAt) };
}

test("a write has the same result in one statement as in a transaction", async () => {
  const [one, other] = [await createTestUser(), await createTestUser()];
  await fc.assert(
    fc
      .asyncProperty(fc.array(operation, { minLength: 2, maxLength: 6 }), async (drawn) => {
        const operations = [...BEGINNING, ...drawn];
        const alone = await resultOf(operations, one, tasksOf(one));
        const within = await resultOf(operations, other, transactionsOf(other));
        expect(within).toEqual(alone);
      })
      .afterEach(async () => {
        for (const { id } of [one, other]) await db.deleteFrom("task").where("userId", "=", id).execute();
      }),
    { numRuns: 25 },
  );
});

/** Updates the task once more before the first write reaches the database. */
function writesWithRace(user: UserRef, id: string) {
  const writer = writerFor(user);
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
