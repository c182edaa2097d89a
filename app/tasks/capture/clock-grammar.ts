import { digits, number } from "#app/tasks/capture/numbers.ts";
import { map, oneOf, optional, type Parser, seq, token, word } from "#app/tasks/capture/parsers.ts";
import type { DayPart } from "#app/tasks/capture/words/vocabulary.ts";

/** A clock time as it was said. Which half of the day is meant may depend on the words around it. */
export interface ClockTime {
  hour: number;
  minute: number;
  half?: "am" | "pm" | undefined;
  part?: DayPart | undefined;
  /** Surely an hour of 24. */
  is24: boolean;
  /** `date`: is a time only beside a date; `apart`: or if it is set apart from other words. */
  needs: "nothing" | "apart" | "date";
}

const HALVES = { a: "am", p: "pm" } as const;

/** "5pm", "6.30pm". */
const halfDay = token(({ key }) => {
  const [, hour, minute, half] = /^(\d{1,2})(?:[:.]([0-5]\d))?([ap])\.?m$/u.exec(key) ?? [];
  return half ? clock(Number(hour), Number(minute ?? 0), { half: HALVES[half as "a" | "p"] }) : undefined;
});

const halfWord = token(({ key }) => HALVES[(/^([ap])\.?m$/u.exec(key)?.[1] ?? "") as "a" | "p"]);

const hourMinute = token(({ key }, { hourLetters }) => {
  const [, hour, separator, minute] = /^(\d{1,2})([:.h])([0-5]\d)$/u.exec(key) ?? [];
  if (!hour || (separator === "h" && !hourLetters.includes("h"))) return undefined;
  return { hour: Number(hour), minute: Number(minute), isPlain: separator === ":", is24: separator === "h" || hour.startsWith("0") };
});

/** "9h", "9u". */
const lettered = token(({ key }, { hourLetters }) => {
  const [, hour, letter = "-"] = /^(\d{1,2})([hu])$/u.exec(key) ?? [];
  return hour && hourLetters.includes(letter) ? Number(hour) : undefined;
});

const hour = digits(/^\d{1,2}$/u, 0, 23);

/** Without a word in front. */
const named: Parser<ClockTime> = oneOf(
  halfDay,
  map(seq(hour, halfWord), ([hour, half]) => clock(hour, 0, { half, needs: "apart" })),
  map(seq(hourMinute, halfWord), ([{ hour, minute }, half]) => clock(hour, minute, { half, needs: "apart" })),
  map(hourMinute, ({ hour, minute, isPlain, is24 }) =>
    isPlain || is24 ? clock(hour, minute, { is24, needs: hour > 12 ? "apart" : "date" }) : undefined,
  ),
  map(seq(hourMinute, word("hourMark")), ([{ hour, minute }]) => clock(hour, minute, { needs: dated(hour) })),
  map(lettered, (hour) => clock(hour, 0, { needs: "date" })),
  map(seq(hour, word("hourMark")), ([hour]) => clock(hour, 0, { needs: "date" })),
  map(seq(hour, word("oclock")), ([hour]) => clock(hour, 0, { needs: "date" })),
  map(word("noon"), () => clock(12, 0, { needs: "date" })),
  map(seq(word("halfPast"), number), ([, hour]) => clock(hour, 30, { needs: "date" })),
  map(seq(word("quarterPast"), number), ([, hour]) => clock(hour, 15, { needs: "date" })),
  map(seq(word("quarterTo"), number), ([, hour]) => clock(hour - 1 || 12, 45, { needs: "date" })),
);

/** After "at" or "by". */
const announced: Parser<ClockTime> = oneOf(
  map(hourMinute, ({ hour, minute, is24 }) => clock(hour, minute, { is24, needs: is24 ? "nothing" : dated(hour) })),
  map(lettered, (hour) => clock(hour, 0, { needs: dated(hour) })),
  map(seq(hour, word("hourMark")), ([hour]) => clock(hour, 0, { needs: dated(hour) })),
  map(word("noon"), () => clock(12, 0)),
  map(hour, (hour) => clock(hour, 0, { needs: "date" })),
  named,
);

const at = seq(optional(word("due")), word("at", "by"));

/** "5pm", "at 18:00", "at 5", "by noon", "8 in the morning". */
export const clockTime: Parser<ClockTime> = map(
  seq(
    oneOf(
      map(seq(at, announced), ([, time]) => (time.needs === "apart" ? { ...time, needs: "nothing" as const } : time)),
      named,
      map(seq(hour, word("partOfNamed")), partly),
    ),
    optional(word("partOfNamed")),
  ),
  ([time, part]) => (part ? { ...time, part: part.part, needs: "nothing" as const } : time),
);

function partly([hour, { part }]: readonly [number, { part?: DayPart }]): ClockTime | undefined {
  return clock(hour, 0, { part });
}

/** Without am or pm an hour from 1 to 6 may be either, if no date beside it says that this is an appointment. */
function dated(hour: number): ClockTime["needs"] {
  return hour >= 1 && hour <= 6 ? "date" : "nothing";
}

function clock(hour: number, minute: number, more: Partial<ClockTime> = {}): ClockTime | undefined {
  const isHour = more.half ? hour >= 1 && hour <= 12 : hour <= 23;
  return isHour ? { hour, minute, is24: hour === 0 || hour > 12, needs: "nothing", ...more } : undefined;
}

const HOURS: Record<DayPart, number> = { morning: 9, afternoon: 15, evening: 18, night: 20 };

export function timeOfPart(part: DayPart): Temporal.PlainTime {
  return new Temporal.PlainTime(HOURS[part]);
}

/** The first and last hour of 24 that each part of the day can mean. */
const SPANS: Record<DayPart, [first: number, last: number]> = { morning: [1, 11], afternoon: [12, 18], evening: [16, 23], night: [18, 23] };

/** In a part of the day, if one is named; otherwise an hour from 1 to 6 is in the afternoon. Undefined: the words contradict each other. */
export function timeOf({ hour, minute, half, is24, part: own }: ClockTime, ofDay: DayPart | undefined): Temporal.PlainTime | undefined {
  const part = own ?? ofDay;
  const at = half
    ? (hour % 12) + (half === "pm" ? 12 : 0)
    : is24
      ? hour
      : part
        ? inPart(hour, part)
        : hour >= 1 && hour <= 6
          ? hour + 12
          : hour;
  if (part && (at < SPANS[part][0] || at > SPANS[part][1])) return undefined;
  return new Temporal.PlainTime(at, minute);
}

function inPart(hour: number, part: DayPart): number {
  return part !== "morning" && hour < 12 ? hour + 12 : hour;
}
