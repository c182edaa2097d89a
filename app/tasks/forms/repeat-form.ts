import type { TaskFormValues } from "#app/tasks/forms/task-form.ts";
import type { Recurrence } from "#app/tasks/recurrence/recurrence.ts";

/** A rule as the form's fields show it: by its parts where the fields can say them, else as `custom` with what they can't say. */
export function repeatValues(recurrence: Recurrence | null): TaskFormValues {
  if (!recurrence) return { repeat: "" };
  const parts = Object.fromEntries(recurrence.rrule.split(";").map((part) => part.split("=") as [string, string]));
  const { FREQ = "", INTERVAL = "1", BYDAY = "", UNTIL = "", COUNT = "", ...rest } = parts;
  const until = UNTIL && `${UNTIL.slice(0, 4)}-${UNTIL.slice(4, 6)}-${UNTIL.slice(6)}`;
  const common = { every: INTERVAL, until, times: COUNT, anchor: recurrence.anchor };
  if (isOneDate(FREQ, rest) && (BYDAY === "" || FREQ === "WEEKLY")) {
    return { repeat: FREQ.toLowerCase(), on: BYDAY, days: written({ FREQ, ...rest }), ...common };
  }
  return { repeat: "custom", rule: written({ FREQ, ...rest, ...(BYDAY && { BYDAY }) }), ...common };
}

function written(parts: Record<string, string>): string {
  return Object.entries(parts)
    .map(([name, value]) => `${name}=${value}`)
    .join(";");
}

/** "Monthly" and "yearly" say one date, which is in the rule as it is saved; the fields can't say any other days. */
function isOneDate(frequency: string, { BYMONTH, BYMONTHDAY, ...others }: Record<string, string>): boolean {
  const isDay = /^\d+$/.test(BYMONTHDAY ?? "");
  if (Object.keys(others).length > 0) return false;
  if (frequency === "MONTHLY" && isDay) return BYMONTH === undefined;
  if (frequency === "YEARLY" && isDay) return /^\d+$/.test(BYMONTH ?? "");
  return BYMONTH === undefined && BYMONTHDAY === undefined;
}
