import { dueDay, dueTime, isOverdue } from "#app/tasks/dates.ts";
import type { Due } from "#app/tasks/task.ts";
import type { UserNow } from "#app/time.ts";

export interface DueLabel {
  text: string;
  tone: "late" | "soon" | "plain";
}

/** A due date relative to the user's today: the nearest days by name, the year only where it differs. */
export function dueLabel(due: Due, userNow: UserNow, clock: Clock): DueLabel {
  const day = dueDay(due, userNow);
  const time = dueTime(due, userNow);
  const isToday = day.equals(userNow.today);
  const words = dueWords(day, userNow.today, time && clockTime(time, clock));
  return { text: words, tone: isOverdue(due, userNow) ? "late" : isToday ? "soon" : "plain" };
}

/** `time` is formatted already. */
export function dueWords(day: Temporal.PlainDate, today: Temporal.PlainDate, time: string | null): string {
  if (time && day.equals(today)) return time;
  return [dayLabel(day, today), time].filter(Boolean).join(" ");
}

export function dayLabel(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const days = today.until(day).days;
  if (days === -1) return "Yesterday";
  if (days === 0) return "Today";
  if (days === 1) return "Tomorrow";
  const written = `${day.toLocaleString("en-GB", { weekday: "short" })} ${day.day} ${day.toLocaleString("en-GB", { month: "short" })}`;
  return day.year === today.year ? written : `${written} ${day.year}`;
}

export type Clock = "12" | "24";

/** `17:00` as `17:00`, or as `5pm`. */
export function clockTime(time: string, clock: Clock): string {
  if (clock === "24") return time;
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const suffix = hour < 12 ? "am" : "pm";
  return `${hour % 12 || 12}${minute ? `:${String(minute).padStart(2, "0")}` : ""}${suffix}`;
}
