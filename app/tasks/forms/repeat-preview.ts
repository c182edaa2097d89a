import { dayLabel } from "#app/tasks/due-label.ts";
import { repeatValues } from "#app/tasks/forms/repeat-form.ts";
import { describeRecurrence } from "#app/tasks/recurrence/describe-recurrence.ts";
import { type Recurrence, recurrenceOn, upcomingDates } from "#app/tasks/recurrence/recurrence.ts";
import type { Viewer } from "#app/tasks/task-view.ts";

/** A repeat as a person reads it. */
export interface RepeatPreview {
  words: string | null;
  /** The five dates that follow. */
  next: string[];
  /** The part of it that only a rule can say, in words. */
  pattern: string | null;
}

const NONE: RepeatPreview = { words: null, next: [], pattern: null };

export function previewOf(
  recurrence: Recurrence | null | undefined,
  due: string | null | undefined,
  { userNow: { today } }: Viewer,
): RepeatPreview {
  if (!recurrence || !due) return NONE;
  const date = Temporal.PlainDate.from(due);
  const { rule } = repeatValues(recurrence);
  return {
    words: describeRecurrence(recurrenceOn(recurrence, date)),
    next: upcomingDates(recurrence, date, 5).map((day) => dayLabel(day, today)),
    pattern: rule ? describeRecurrence({ rrule: rule, anchor: "due" }) : null,
  };
}
