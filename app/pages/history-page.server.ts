import { data } from "react-router";
import type { HistoryEntry } from "#app/changes/change-log.server.ts";
import { changesOf } from "#app/changes/changes.server.ts";
import type { UserRef } from "#app/context.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { type ChangeWords, changeWords, plainText } from "#app/pages/change-words.ts";
import { viewerOf } from "#app/pages/viewer.server.ts";
import { clockTime } from "#app/tasks/due-label.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Viewer } from "#app/tasks/task-view.ts";
import { dayAt } from "#app/time.ts";

const PAGE_SIZE = 50;

export interface HistoryLine extends Omit<ChangeWords, "target"> {
  change: number;
  /** The whole sentence, for the name of its button. */
  text: string;
  /** The page of what the subject names, if that exists. */
  href: string | undefined;
  at: string;
  time: string;
  isUndone: boolean;
  undoNext: number | null;
}

export interface HistoryDay {
  /** `YYYY-MM-DD` */
  date: string;
  title: string;
  /** The date, if the title is not one. */
  sub: string | undefined;
  lines: HistoryLine[];
}

export async function historyPageData(user: UserRef, url: URL) {
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const page = await changesOf(user).history({ limit: PAGE_SIZE, cursor });
  if (!page) throw data(null, 400);
  const viewer = viewerOf(user);
  const described = page.entries.filter(hasItems).map((entry) => ({ entry, words: changeWords(entry) }));
  const taskIds = described.flatMap(({ words: { target } }) => (target?.kind === "task" ? target.id : []));
  const [tasks, lists] = await Promise.all([tasksOf(user).existing(taskIds), listsOf(user).names()]);
  const existing = new Set([...tasks, ...lists.map(({ id }) => id)]);
  const lines = described.map(({ entry, words }) => lineOf(entry, words, existing, viewer));
  const days = Map.groupBy(lines, ({ at }) => dayAt(Temporal.Instant.from(at), user.timezone).toString());
  return {
    days: [...days].map(([date, own]) => dayOf(Temporal.PlainDate.from(date), own, viewer.userNow.today)),
    isFirst: cursor === undefined,
    nextCursor: page.nextCursor,
  };
}

/** A change of which everything is gone for good has nothing to show. */
function hasItems({ tasks, lists }: HistoryEntry): boolean {
  return tasks.items.length + lists.items.length > 0;
}

function lineOf(entry: HistoryEntry, { target, ...words }: ChangeWords, existing: Set<string>, { userNow, clock }: Viewer): HistoryLine {
  const { changeNumber: change, at, isUndone, undoNext } = entry;
  const wall = Temporal.Instant.from(at).toZonedDateTimeISO(userNow.timezone).toPlainTime();
  const time = clockTime(wall.toString({ smallestUnit: "minute" }), clock);
  const href = target && existing.has(target.id) ? `/${target.kind === "task" ? "task" : "lists"}/${target.id}` : undefined;
  return { ...words, change, text: plainText({ ...words, target }), href, at, time, isUndone, undoNext };
}

function dayOf(day: Temporal.PlainDate, lines: HistoryLine[], today: Temporal.PlainDate): HistoryDay {
  const days = day.until(today).days;
  const isThisYear = day.year === today.year;
  const date = day.toLocaleString("en-GB", { day: "numeric", month: "long", ...(!isThisYear && { year: "numeric" }) });
  const weekday = day.toLocaleString("en-GB", { weekday: "long" });
  const name = ["Today", "Yesterday"][days] ?? (days < 7 ? weekday : undefined);
  return { date: day.toString(), title: name ?? `${weekday} ${date}`, sub: name && date, lines };
}
