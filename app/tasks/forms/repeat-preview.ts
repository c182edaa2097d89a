import { dayLabel } from "#app/tasks/due-label.ts";
import { repeatFormValues } from "#app/tasks/forms/repeat-form.ts";
import { describeRecurrence } from "#app/tasks/recurrence/describe-recurrence.ts";
import { occurrenceDateAfter } from "#app/tasks/recurrence/occurrence-date.ts";
import { Recurrence, recurrenceWithDays, upcomingDates } from "#app/tasks/recurrence/recurrence.ts";
import { applyPatch, fieldsOf, normalizeRecurrence } from "#app/tasks/rules.ts";
import type { Task, TaskChanges } from "#app/tasks/task.ts";
import type { Viewer } from "#app/tasks/task-view.ts";

export interface RepeatPreview {
  words: string | null;
  /** Labels of the next five dates. */
  next: string[];
  /** The `custom` part of the rule, in words. */
  pattern: string | null;
}

const NONE: RepeatPreview = { words: null, next: [], pattern: null };

interface Repeat {
  recurrence: Recurrence | null | undefined;
  due: { date?: string | undefined } | null | undefined;
  occurrenceDate: string | null;
}

export function repeatPreview({ recurrence, due, occurrenceDate }: Repeat, { userNow: { today } }: Viewer): RepeatPreview {
  if (!recurrence || !due?.date) return NONE;
  const date = Temporal.PlainDate.from(due.date);
  const ruleDay = Temporal.PlainDate.from(occurrenceDate ?? due.date);
  const { rule } = repeatFormValues(recurrence);
  return {
    words: describeRecurrence(recurrenceWithDays(recurrence, ruleDay)),
    next: upcomingDates(recurrence, date, 5, ruleDay).map((day) => dayLabel(day, today)),
    pattern: rule ? describeRecurrence({ rrule: rule, anchor: "due" }) : null,
  };
}

/** The repeat that a form's changes would give the task, or a new one. `timezone` is the user's. */
export function changedRepeat(task: Task | undefined, { due, recurrence }: TaskChanges, timezone: string): Repeat {
  if (!task) return { due, recurrence: Recurrence.safeParse(recurrence).data, occurrenceDate: null };
  const after = normalizeRecurrence(applyPatch(fieldsOf(task), { due, recurrence }), timezone);
  return { ...after, occurrenceDate: occurrenceDateAfter(task, after) };
}
