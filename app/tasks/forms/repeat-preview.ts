import { dayLabel } from "#app/tasks/due-label.ts";
import { repeatFormValues } from "#app/tasks/forms/repeat-form.ts";
import { describeRecurrence } from "#app/tasks/recurrence/describe-recurrence.ts";
import { type Recurrence, recurrenceWithDays, upcomingDates } from "#app/tasks/recurrence/recurrence.ts";
import type { Viewer } from "#app/tasks/task-view.ts";

export interface RepeatPreview {
  words: string | null;
  /** Labels of the next five dates. */
  next: string[];
  /** The `custom` part of the rule, in words. */
  pattern: string | null;
}

const NONE: RepeatPreview = { words: null, next: [], pattern: null };

export function repeatPreview(
  recurrence: Recurrence | null | undefined,
  due: string | null | undefined,
  { userNow: { today } }: Viewer,
): RepeatPreview {
  if (!recurrence || !due) return NONE;
  const date = Temporal.PlainDate.from(due);
  const { rule } = repeatFormValues(recurrence);
  return {
    words: describeRecurrence(recurrenceWithDays(recurrence, date)),
    next: upcomingDates(recurrence, date, 5).map((day) => dayLabel(day, today)),
    pattern: rule ? describeRecurrence({ rrule: rule, anchor: "due" }) : null,
  };
}
