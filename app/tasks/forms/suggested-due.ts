import { CalendarDate } from "#app/tasks/task.ts";

/**
 * Moves the due date of a form for a new task along if it is still the one that its page suggested, on an earlier day: a task that
 * is added from Today is due today, also when the page was opened before midnight.
 */
export function moveSuggestedDue(form: FormData, today: Temporal.PlainDate): void {
  const due = CalendarDate.safeParse(form.get("due"));
  const suggestedOn = CalendarDate.safeParse(form.get("suggested_on"));
  if (!due.success || !suggestedOn.success || form.get("suggested_due") !== due.data) return;
  const { days } = Temporal.PlainDate.from(suggestedOn.data).until(today);
  form.set("due", Temporal.PlainDate.from(due.data).add({ days }).toString());
}
