import { dueInstant } from "#app/tasks/dates.ts";
import type { Due, Task } from "#app/tasks/task.ts";
import { instantAt, lastClockChange, startOfDay } from "#app/time.ts";

/** Sorts after every time of a day. */
export const UNTIMED = "24:00:00";

/** Where a due date is in the order of days and times in the user's time zone. */
interface Place {
  day: Temporal.PlainDate;
  /** `HH:MM:SS`. */
  time: string;
  /** Of a time with a zone, within an hour that comes twice: its instant, if it is in the second one. Else empty. */
  secondPass: string;
}

/** Sorts by due day in the user's time zone, then time (untimed last), then priority, then manual order. */
export function inDayOrder(tasks: Task[], timezone: string): Task[] {
  return tasks
    .map((task) => ({ task, place: task.due && placeOf(task.due, timezone) }))
    .toSorted(
      (a, b) =>
        comparePlaces(a.place, b.place) ||
        b.task.priority - a.task.priority ||
        compareText(a.task.rank, b.task.rank) ||
        // Ranks may be equal, ids are not.
        compareText(a.task.id, b.task.id),
    )
    .map(({ task }) => task);
}

/** Tasks without a due date come last. */
function comparePlaces(a: Place | null, b: Place | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return Temporal.PlainDate.compare(a.day, b.day) || compareText(a.time, b.time) || compareText(a.secondPass, b.secondPass);
}

/** By code units, which for ranks (ASCII) is the order of Postgres. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Times with a zone are in the order of their instants, also when clocks go back: the second pass of an hour comes after all of
 * the first one. So a page that is cut in the order of instants is cut in this order.
 */
export function placeOf(due: Due, timezone: string): Place {
  const instant = dueInstant(due);
  if (!instant) return { day: Temporal.PlainDate.from(due.date), time: due.time ? `${due.time}:00` : UNTIMED, secondPass: "" };
  const wall = instant.toZonedDateTimeISO(timezone).toPlainDateTime();
  const change = lastClockChange(instant, timezone);
  if (!change || instantAt(wall, timezone).equals(instant)) return atWall(wall);
  return { ...atWall(change.from.subtract({ seconds: 1 })), secondPass: instant.toString() };
}

function atWall(wall: Temporal.PlainDateTime): Place {
  return { day: wall.toPlainDate(), time: wall.toPlainTime().toString({ smallestUnit: "second" }), secondPass: "" };
}

const MOMENT = { milliseconds: 1 };

/** The instant that all times with a zone which come after this due date are after. */
export function instantBefore(due: Due, timezone: string): Temporal.Instant {
  const instant = dueInstant(due);
  if (instant) return instant;
  const day = Temporal.PlainDate.from(due.date);
  if (!due.time) return startOfDay(day.add({ days: 1 }), timezone).subtract(MOMENT);
  const wall = day.toPlainDateTime(due.time);
  const zoned = wall.toZonedDateTime(timezone, { disambiguation: "earlier" });
  if (zoned.toPlainDateTime().equals(wall)) return zoned.toInstant();
  // The clocks skip this time.
  return (zoned.getTimeZoneTransition("next") ?? zoned).toInstant().subtract(MOMENT);
}
