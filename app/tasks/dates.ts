/** The calendar day that it is at an instant, where the user is. */
export function dayAt(instant: Temporal.Instant, timezone: string): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(timezone).toPlainDate();
}

export interface DueLabel {
  text: string;
  tone: "late" | "soon" | "plain";
}

/** A due day in the words of a person whose day is `today`: the nearest ones by name, the year only where it differs. */
export function dueLabel(date: string, today: Temporal.PlainDate): DueLabel {
  const due = Temporal.PlainDate.from(date);
  const days = today.until(due).days;
  const tone = days < 0 ? "late" : days === 0 ? "soon" : "plain";
  return { text: nearby(days) ?? written(due, today), tone };
}

function nearby(days: number): string | undefined {
  if (days === -1) return "Yesterday";
  if (days === 0) return "Today";
  if (days === 1) return "Tomorrow";
  return undefined;
}

function written(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const dayAndMonth = `${date.toLocaleString("en-GB", { weekday: "short" })} ${date.day} ${date.toLocaleString("en-GB", { month: "short" })}`;
  return date.year === today.year ? dayAndMonth : `${dayAndMonth} ${date.year}`;
}
