import { z } from "zod";
import { Recurrence, upcomingDates } from "#app/tasks/recurrence/recurrence.ts";
import { normalizeRecurrence } from "#app/tasks/rules.ts";
import { CalendarDate, Due } from "#app/tasks/task.ts";

export const PreviewInput = z.strictObject({
  rrule: Recurrence.shape.rrule,
  anchor: Recurrence.shape.anchor.default("due"),
  due: z.union([CalendarDate, Due], "must be a day, or a due date as a task has it").meta({ description: "A day, or as in a task." }),
});

export const PreviewJson = z.strictObject({
  recurrence: Recurrence.meta({ description: "As a task with this due date would have it." }),
  dates: z
    .array(CalendarDate)
    .meta({ description: "After the due date, if each occurrence is completed on its day. Fewer if the rule ends." }),
});

export const PREVIEWED_DATES = 5;

/** `timezone` is the user's. */
export function previewJson({ rrule, anchor, due }: z.output<typeof PreviewInput>, timezone: string): z.output<typeof PreviewJson> {
  const task = { recurrence: { rrule, anchor }, due: typeof due === "string" ? { date: due, time: null, timezone: null } : due };
  const { recurrence } = normalizeRecurrence(task, timezone);
  const dates = upcomingDates(recurrence, Temporal.PlainDate.from(task.due.date), PREVIEWED_DATES);
  return { recurrence, dates: dates.map(String) };
}
