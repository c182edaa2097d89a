import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { db } from "#app/db/database.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { make, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

const FORTNIGHTLY = { rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=5", anchor: "due" } as const;

async function series() {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const first = await make(tasks, { due: { date: "2090-01-02" }, recurrence: FORTNIGHTLY });
  return { tasks, changes: changesOf(user), first, user };
}

test("undo of a move puts back the day that the rule gave, and undo of that day's skip too", async () => {
  const { tasks, changes, first } = await series();
  unwrap(await tasks.update(first.id, { due: { date: "2090-01-09" } }));
  const again = unwrap(await tasks.update(first.id, { due: { date: "2090-01-10" } }));
  await changes.undo(again.changeSeq);
  expect(await tasks.find(first.id)).toMatchObject({ due: { date: "2090-01-09" }, occurrenceDate: "2090-01-02" });
  const skipped = unwrap(await tasks.skip(first.id));
  await changes.undo(skipped.changeSeq);
  expect(await tasks.find(first.id)).toMatchObject({ due: { date: "2090-01-09" }, occurrenceDate: "2090-01-02" });
  const changed = unwrap(await tasks.update(first.id, { recurrence: { rrule: "FREQ=DAILY", anchor: "due" } }));
  await changes.undo(changed.changeSeq);
  expect(unwrap(await tasks.complete(first.id)).next).toMatchObject({ due: { date: "2090-01-16" } });
});

test("a batch moves and completes in the rhythm, and reopens an older occurrence as a task of its own", async () => {
  const { tasks, changes, first } = await series();
  const { outcomes } = await changes.batch(
    [
      { op: "update", id: first.id, task: { due: { date: "2090-01-09" } } },
      { op: "complete", id: first.id },
    ],
    { atomic: true },
  );
  expect(outcomes[1]).toMatchObject({ next: { due: { date: "2090-01-16" } } });
  const second = (outcomes[1] as { next: Task }).next;
  const third = unwrap(await tasks.complete(second.id)).next as Task;
  const reopened = await changes.batch([{ op: "reopen", id: first.id }], { atomic: true });
  expect(reopened.outcomes).toMatchObject([{ status: "open", recurrence: null, seriesId: null }]);
  expect(await tasks.find(third.id)).toEqual(third);
});

test("undo of a completion whose next occurrence is done makes a task of its own", async () => {
  const { tasks, changes, user } = await series();
  const recurrence = { rrule: "FREQ=DAILY;COUNT=2", anchor: "due" } as const;
  const first = await make(tasks, { due: { date: "2090-01-02" }, recurrence });
  unwrap(await tasks.update(first.id, { due: { date: "2090-01-01" } }));
  const { task, next } = unwrap(await tasks.complete(first.id));
  unwrap(await tasks.complete(next?.id ?? ""));
  expect(await changesOf(user).undo(task.changeSeq)).toBe(1);
  expect(await tasks.find(first.id)).toMatchObject({ status: "open", recurrence: null, seriesId: null, occurrenceDate: null });
  expect(await changes.wasUndone(task.changeSeq)).toBe(true);
});

test("undo of a reopening links the next occurrence that it makes again to the task", async () => {
  const { tasks, changes, first } = await series();
  unwrap(await tasks.complete(first.id));
  await changes.undo(unwrap(await tasks.reopen(first.id)).changeSeq);
  const [again] = (await tasks.list({ status: "open", sort: "rank" }, { limit: 9 }))?.tasks ?? [];
  expect(again).toMatchObject({ due: { date: "2090-01-16" }, previousId: first.id });
  expect(await tasks.reopen(first.id)).toMatchObject({ seriesId: first.id });
  expect(await tasks.find(again?.id ?? "")).toBeUndefined();
});

test("an occurrence from before these columns counts from its due date, and is not taken back", async () => {
  const { tasks, changes, first, user } = await series();
  const moved = unwrap(await tasks.update(first.id, { due: { date: "2090-01-09" } }));
  const withoutDay = sql`task - 'occurrence_date' - 'previous_id'`;
  await db
    .updateTable("taskRevision")
    .set({ task: withoutDay as never })
    .where("userId", "=", user.id)
    .execute();
  await db.updateTable("task").set({ occurrenceDate: null }).where("userId", "=", user.id).execute();
  await changes.undo(moved.changeSeq);
  expect(await tasks.find(first.id)).toMatchObject({ due: { date: "2090-01-02" }, occurrenceDate: null });
  const { next } = unwrap(await tasks.complete(first.id));
  expect(next).toMatchObject({ due: { date: "2090-01-16" } });
  await db.updateTable("task").set({ previousId: null }).where("userId", "=", user.id).execute();
  expect(await tasks.reopen(first.id)).toMatchObject({ seriesId: null });
  expect(await tasks.find(next?.id ?? "")).toMatchObject({ seriesId: first.id });
});
