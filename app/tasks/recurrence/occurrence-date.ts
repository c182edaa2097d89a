import type { Task, TaskInput } from "#app/tasks/task.ts";

type Occurrence = Pick<Task, "due" | "recurrence" | "occurrenceDate">;

/** The day that the rule gave the occurrence. */
export function ruleDayOf({ due, occurrenceDate }: Omit<Occurrence, "recurrence">): string | undefined {
  return occurrenceDate ?? due?.date;
}

/**
 * The `occurrenceDate` of a task that is changed to `after`. While the rule stays, a moved due date does not change the day;
 * a changed rule begins anew with the due date. Both rules are in canonical form.
 */
export function occurrenceDateAfter(before: Occurrence, after: Pick<TaskInput, "due" | "recurrence">): string | null {
  const [rule, newRule] = [before.recurrence, after.recurrence];
  if (!rule || rule.rrule !== newRule?.rrule || rule.anchor !== newRule.anchor) return null;
  const day = ruleDayOf(before);
  return day === undefined || day === after.due?.date ? null : day;
}
