export const NEARBY_DAYS = [
  ["today", "Today"],
  ["tomorrow", "Tomorrow"],
  ["weekend", "Weekend"],
  ["next-week", "Next week"],
] as const;

const SATURDAY = 6;

/** `weekend` is the next Saturday, `next-week` the next `weekStart` (1 Monday to 7 Sunday). Other names have no day. */
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

/** The first such day after today. */
function nextWeekday(weekday: number, today: Temporal.PlainDate): Temporal.PlainDate {
  return today.add({ days: ((weekday - today.dayOfWeek + 6) % 7) + 1 });
}
