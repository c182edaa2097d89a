import fc from "fast-check";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { NotRecurring } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { allTasks } from "#app/tasks/store/transfer.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { anyRule, type OccurrenceModel, type RuleModel, SERIES_RUNS, SeriesModel } from "#app/testing/series-model.ts";
import { make, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

const today = () => Temporal.Now.plainDateISO("Europe/Lisbon");

const complete = { op: "complete" } as const;
const between = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ op: "skip" } as const) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("move" as const), days: fc.integer({ min: -20, max: 20 }) }) },
  { weight: 1, arbitrary: fc.constant({ op: "moveOverdue" } as const) },
  { weight: 1, arbitrary: fc.constant({ op: "edit" } as const) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("reopen" as const), at: fc.nat({ max: 4 }) }) },
  { weight: 3, arbitrary: fc.constant({ op: "undo" } as const) },
);
type Step = typeof complete | (typeof between extends fc.Arbitrary<infer T> ? T : never);

/** Twelve completions, with something else before, between or after most of them. */
const steps = fc
  .array(fc.array(between, { maxLength: 2 }), { minLength: 13, maxLength: 13 })
  .map(([first = [], ...rest]): Step[] => [...first, ...rest.flatMap((others) => [complete, ...others])]);

async function stored(user: UserRef): Promise<Task[]> {
  const tasks: Task[] = [];
  for await (const batch of allTasks(db, user.id)) tasks.push(...batch);
  return tasks;
}

function summaryOf(tasks: Task[]): string[] {
  const words = ({ due, status, recurrence }: Task) =>
    `${due?.date} ${status}${recurrence ? ` repeats ${/COUNT=(\d+)/.exec(recurrence.rrule)?.[1] ?? "always"}` : ""}`;
  return tasks.map(words).toSorted();
}

/** Does each step both in the model and in the database. */
class Both {
  readonly user: UserRef;
  readonly model: SeriesModel;
  readonly ids = new Map<OccurrenceModel, string>();
  /** The change number of the last step, and the model before it. */
  last: { change: number; before: [task: OccurrenceModel, fields: OccurrenceModel][] } | undefined;

  constructor(user: UserRef, model: SeriesModel, first: Task) {
    this.user = user;
    this.model = model;
    for (const task of model.tasks) this.ids.set(task, first.id);
  }

  async perform(step: Step): Promise<void> {
    if (step.op === "undo") return this.undo();
    const before = this.model.tasks.map((task): [OccurrenceModel, OccurrenceModel] => [task, { ...task }]);
    const change = await this.change(step);
    if (change !== undefined) this.last = { change, before };
  }

  /** The number of the change; `undefined` if there was nothing to do. */
  async change(step: Exclude<Step, { op: "undo" }>): Promise<number | undefined> {
    const { model } = this;
    const tasks = tasksOf(this.user);
    if (step.op === "moveOverdue") {
      model.moveOverdue();
      return (await tasks.moveOverdueToToday())?.changeSeq;
    }
    const done = model.tasks.filter(({ status, isInSeries }) => status === "done" && isInSeries);
    const target = step.op === "reopen" ? done[step.at % done.length] : model.open;
    if (!target) return undefined;
    const id = this.ids.get(target) ?? "";
    switch (step.op) {
      case "complete":
        model.complete(target);
        return unwrap(await tasks.complete(id)).task.changeSeq;
      case "skip": {
        const skipped = await tasks.skip(id);
        expect(skipped instanceof NotRecurring).toBe(!model.skip(target));
        return skipped instanceof NotRecurring ? undefined : unwrap(skipped).changeSeq;
      }
      case "edit":
        target.isUntouched = false;
        return unwrap(await tasks.update(id, { notes: crypto.randomUUID() })).changeSeq;
      case "move": {
        const due = target.due.add({ days: step.days });
        model.move(target, due);
        return step.days === 0 ? undefined : unwrap(await tasks.update(id, { due: { date: due.toString() } })).changeSeq;
      }
      default:
        model.reopen(target);
        return unwrap(await tasks.reopen(id)).changeSeq;
    }
  }

  async undo(): Promise<void> {
    if (!this.last) return;
    const { change, before } = this.last;
    this.last = undefined;
    const after = this.model.tasks.map((task) => [task, JSON.stringify({ ...task, previous: null })] as const);
    for (const [task, fields] of before) Object.assign(task, fields);
    // The tasks that undo reverts were written once more.
    for (const [task, json] of after) if (json !== JSON.stringify({ ...task, previous: null })) task.isUntouched = false;
    this.model.tasks = before.map(([task]) => task);
    await changesOf(this.user).undo(change);
  }

  async compare(): Promise<void> {
    const tasks = await stored(this.user);
    expect(summaryOf(tasks)).toEqual(this.model.summary());
    const open = tasks.find(({ status, seriesId }) => status === "open" && seriesId !== null);
    if (this.model.open) this.ids.set(this.model.open, open?.id ?? "");
  }
}

async function begin(user: UserRef, rule: RuleModel, days: number): Promise<Both> {
  const { rrule, anchor, count } = rule;
  const due = today().add({ days });
  const recurrence = { rrule: count ? `${rrule};COUNT=${count}` : rrule, anchor };
  return new Both(user, new SeriesModel(rule, due, today()), await make(tasksOf(user), { due: { date: due.toString() }, recurrence }));
}

test("a series is as its rules say, however its occurrences are completed, skipped, moved, reopened and undone", async () => {
  const user = await createTestUser();
  await fc.assert(
    fc
      .asyncProperty(anyRule, fc.integer({ min: -40, max: 40 }), steps, async (rule, days, taken) => {
        const both = await begin(user, rule, days);
        for (const one of taken) {
          await both.perform(one);
          await both.compare();
        }
      })
      .afterEach(async () => {
        await db.deleteFrom("task").where("userId", "=", user.id).execute();
      }),
    { numRuns: SERIES_RUNS },
  );
}, 600_000);
