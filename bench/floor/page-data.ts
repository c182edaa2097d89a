import { randomUUIDv7 } from "node:crypto";
import { passedWallTimes } from "#app/tasks/dates.ts";
import { inDayOrder } from "#app/tasks/day-order.ts";
import { nextDueInstant } from "#app/tasks/store/next-due.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { toView } from "#app/tasks/task-view.ts";
import { nextDayOr, startOfDay, type UserNow, userNowAt } from "#app/time.ts";
import type { SessionUser } from "./authentication.ts";
import { rowsOf } from "./database.ts";
import { RELATED, SIDE_BAR, TODAY } from "./statements.ts";
import { taskOf } from "./task.ts";

export async function layoutData({ id, name, theme, weekStart, timezone }: SessionUser) {
  const userNow = userNowAt(Temporal.Now.instant(), timezone);
  const first = userNow.today.subtract(FARTHEST_ZONE).toString();
  const { now } = userNow;
  const [{ before }] = passedWallTimes(userNow);
  const passed = [before.toPlainDate(), before.toPlainTime(), now].map(String);
  const [row] = await rowsOf(SIDE_BAR, [id, ...until(userNow, 0), first, ...until(userNow, 14), ...passed]);
  const { today, upcoming, inbox } = row;
  const nextDue = nextDueInstant({ nextFloating: row.next_floating, nextFixed: row.next_fixed }, userNow);
  const changesIn = nextDayOr(nextDue, userNow).epochMilliseconds - now.epochMilliseconds + 1;
  const lists = row.lists.map(({ count, ...list }: { count: number }) => ({ ...list, openCount: count }));
  const data = { userId: id, name, theme, weekStart, today: userNow.today.toString(), changesIn, newTaskId: randomUUIDv7() };
  return { ...data, counts: { today, upcoming, inbox }, lists };
}

export async function todayData({ id, timezone, clock }: SessionUser) {
  const userNow = userNowAt(Temporal.Now.instant(), timezone);
  const { today } = userNow;
  const tasks = (await rowsOf(TODAY, [id, ...until(userNow, 0), startOfDay(today, timezone).toString()])).map(taskOf);
  const open = inDayOrder(
    tasks.filter(({ status }) => status === "open"),
    timezone,
  );
  const done = tasks.filter(({ status }) => status === "done");
  const related = await relatedTo(id, tasks);
  const views = (some: Task[]) => some.map((task) => toView(task, { userNow, clock }, related(task)));
  const [weekday, month] = [today.toLocaleString("en-GB", { weekday: "long" }), today.toLocaleString("en-GB", { month: "long" })];
  const isCut = { open: open.length > OPEN_LIMIT, done: done.length > DONE_LIMIT };
  const shown = { open: views(open.slice(0, OPEN_LIMIT)), done: views(done.slice(0, DONE_LIMIT)) };
  return { today: today.toString(), day: `${weekday} ${today.day} ${month}`, ...shown, isCut };
}

const OPEN_LIMIT = 150;
const DONE_LIMIT = 50;

const FARTHEST_ZONE = { days: 2 };

/** The parameters of a due condition: the farthest date in any zone, the last day, and the instant at which it ends. */
function until({ today, timezone }: UserNow, days: number): string[] {
  const last = today.add({ days });
  return [last.add(FARTHEST_ZONE).toString(), last.toString(), startOfDay(last.add({ days: 1 }), timezone).toString()];
}

async function relatedTo(userId: string, tasks: Task[]) {
  const parentIds = tasks.flatMap(({ parentId }) => parentId ?? []);
  const rows = await rowsOf(RELATED, [userId, tasks.map(({ id }) => id), parentIds, "done"]);
  const progress = new Map(rows.filter(({ title }) => title === null).map(({ id, done, total }) => [id, { done, total }]));
  const titles = new Map(rows.filter(({ title }) => title !== null).map(({ id, title }) => [id, title]));
  return ({ id, parentId }: Task) => ({ progress: progress.get(id) ?? null, parentTitle: titles.get(parentId) ?? null });
}
