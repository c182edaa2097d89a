import type { Recurrence } from "#app/tasks/recurrence.ts";
import type { TaskFormValues } from "#app/tasks/task-form.ts";

/** A rule as the form's fields show it: by its parts where the fields can say them, else as `custom`. */
export function repeatValues(recurrence: Recurrence | null): TaskFormValues {
  if (!recurrence) return { repeat: "" };
  const parts = Object.fromEntries(recurrence.rrule.split(";").map((part) => part.split("=") as [string, string]));
  const { FREQ = "", INTERVAL = "1", BYDAY = "", UNTIL = "", COUNT = "", ...rest } = parts;
  const anchor = recurrence.anchor;
  const isPlain = Object.keys(rest).length === 0 && (BYDAY === "" || FREQ === "WEEKLY");
  if (!isPlain) return { repeat: "custom", rule: recurrence.rrule, anchor };
  const until = UNTIL && `${UNTIL.slice(0, 4)}-${UNTIL.slice(4, 6)}-${UNTIL.slice(6)}`;
  return { repeat: FREQ.toLowerCase(), every: INTERVAL, on: BYDAY, until, times: COUNT, anchor };
}
