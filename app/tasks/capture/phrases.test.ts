import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CaptureLanguage } from "#app/context.ts";
import { type CapturedFields, capture } from "#app/tasks/capture/capture.ts";
import { Recurrence, upcomingDates } from "#app/tasks/recurrence/recurrence.ts";

const LISTS = ["Home", "Work", "Errands", "Home improvement"].map((name, index) => ({ id: String(index + 1), name }));
const MAX_DATES = 400;

interface Row {
  text: string;
  now: string;
  title: string;
  date: string;
  time: string;
  rrule: string;
  anchor: string;
  labels: string;
  list: string;
  priority: string;
  lang: CaptureLanguage;
  note: string;
}

function readRows(file: string): Row[] {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const [header = "", ...lines] = text.split("\n").filter((line) => line !== "" && !line.startsWith("# "));
  const names = header.split("\t");
  return lines.map((line) => Object.fromEntries(line.split("\t").map((value, i) => [names[i], value])) as unknown as Row);
}

/** COUNT and UNTIL of a rule as the day on which it ends. */
function endOf(rrule: string, date: string): { rule: string; last: string | undefined } {
  const rule = rrule
    .split(";")
    .filter((part) => !/^(?:COUNT|UNTIL)=/u.test(part))
    .join(";");
  if (rule === rrule) return { rule, last: undefined };
  const dates = upcomingDates(Recurrence.parse({ rrule, anchor: "due" }), Temporal.PlainDate.from(date), MAX_DATES);
  return { rule, last: dates.at(-1)?.toString() ?? date };
}

function meaningOf({ due, recurrence, labels, list, priority }: CapturedFields) {
  const { rule, last } = recurrence && due ? endOf(recurrence.rrule, due.date) : { rule: "", last: undefined };
  return {
    date: due?.date ?? "",
    time: due?.time ?? "",
    rule: sorted(rule),
    last,
    anchor: recurrence?.anchor ?? "",
    labels,
    list: list?.name ?? "",
    priority,
  };
}

function sorted(rule: string): string {
  return rule.split(";").toSorted().join(";");
}

test.each([...readRows("./phrases.tsv"), ...readRows("./neighbours.tsv")])("$lang $text ($now)", ({ text, now, lang, ...expected }) => {
  const context = { now: Temporal.ZonedDateTime.from(now), lists: LISTS, language: lang };
  const { fields, spans } = capture(text, context);
  if (expected.note.includes("or words") && spans.length === 0) return;
  const { rule, last } = expected.rrule ? endOf(expected.rrule, expected.date) : { rule: "", last: undefined };
  expect(meaningOf(fields)).toEqual({
    date: expected.date,
    time: expected.time,
    rule: sorted(rule),
    last,
    anchor: expected.anchor,
    labels: expected.labels === "" ? [] : expected.labels.split(","),
    list: expected.list,
    priority: Number(expected.priority),
  });
  expect(expected.title.split("|")).toContain(fields.title);
});
