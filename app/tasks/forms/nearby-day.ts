/** The days that a task can be put off to with one click, as forms name them, and in words. */
export const NEARBY_DAYS = [
  ["today", "Today"],
  ["tomorrow", "Tomorrow"],
  ["weekend", "Weekend"],
  ["next-week", "Next week"],
] as const;

const SATURDAY = 6;

/** The day of that name, seen from `today`: the weekend is the next Saturday, and a week begins on `weekStart`, 1 Monday to 7 Sunday. */
export function nearbyDay(name: string, today: Temporal.PlainDate, weekStart: number): Temporal.PlainDate | undefined {
  switch (name) {
    case "today":
      return today;
    case "tomorrow":
      return today.add({ days: 1 });
    case "weekend":
      return nextWeekday(SATURDAY, today);
    case "next-week":
      return nextWeekday(weekStart, today);
    default:
      return undefined;
  }
}

/** The first one after today. */
function nextWeekday(weekday: number, today: Temporal.PlainDate): Temporal.PlainDate {
  return today.add({ days: ((weekday - today.dayOfWeek + 6) % 7) + 1 });
}
