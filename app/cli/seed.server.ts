import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { auth } from "#app/auth/auth.server.ts";
import { toUserRef } from "#app/auth/user.server.ts";
import { DEMO_LISTS, DEMO_TASKS, type DemoTask } from "#app/cli/demo-tasks.ts";
import type { UserRef } from "#app/context.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { type Failure, isFailure } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type Task, TaskInput } from "#app/tasks/task.ts";
import { isTimeZone, userNowAt } from "#app/time.ts";

export async function seed(): Promise<{ user: UserRef; email: string; password: string }> {
  const email = `demo-${randomBytes(4).toString("hex")}@example.com`;
  const password = randomBytes(12).toString("base64url");
  const zone = Temporal.Now.timeZoneId();
  const body = { name: "Demo", email, password, timezone: isTimeZone(zone) ? zone : "UTC" };
  const response = await auth().api.signUpEmail({ body });
  const user = toUserRef({ id: response.user.id, ...body });
  const listIds = new Map<string, string>();
  for (const list of DEMO_LISTS) listIds.set(list.name, orThrow(await listsOf(user).create(list)).id);
  const { today } = userNowAt(Temporal.Now.instant(), user.timezone);
  for (const task of DEMO_TASKS) await createDemoTask(user, task, listIds, today);
  return { user, email, password };
}

async function createDemoTask(user: UserRef, demo: DemoTask, listIds: Map<string, string>, today: Temporal.PlainDate): Promise<void> {
  const tasks = tasksOf(user);
  const { id } = await create(user, fieldsOf(demo, listIds, today));
  for (const { title, isDone } of demo.subtasks ?? []) {
    await create(user, { title, parent_id: id, status: isDone ? "done" : "open" });
  }
  if (demo.isDone) await tasks.complete(id);
  if (demo.isTrashed) await tasks.remove(id);
}

function fieldsOf(demo: DemoTask, listIds: Map<string, string>, today: Temporal.PlainDate): z.input<typeof TaskInput> {
  const { title, notes, labels, priority, list, due, time, timezone, start, rrule, anchor } = demo;
  const inDays = (days: number) => today.add({ days }).toString();
  return {
    title,
    notes,
    labels,
    priority,
    list_id: list && listIds.get(list),
    due: due === undefined ? null : { date: inDays(due), time, timezone },
    start_date: start === undefined ? null : inDays(start),
    recurrence: rrule === undefined ? null : { rrule, anchor: anchor ?? "due" },
  };
}

async function create(user: UserRef, fields: z.input<typeof TaskInput>): Promise<Task> {
  return orThrow(await tasksOf(user).create(TaskInput.parse(fields)));
}

function orThrow<T extends object>(outcome: T | Failure): T {
  if (isFailure(outcome)) throw new Error(`a demo task or list was refused: ${JSON.stringify(outcome)}`);
  return outcome as T;
}
