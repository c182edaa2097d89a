import type { TaskFormValues } from "#app/tasks/forms/task-form.ts";
import type { Recurrence } from "#app/tasks/recurrence/recurrence.ts";

/** The form fields of a repeat. A rule that the fields can't express is `custom`, with the rest of the rule as text. */
export function repeatFormValues(recurrence: Recurrence | null): TaskFormValues {
  if (!recurrence) return { repeat: "" };
  const parts = Object.fromEntries(recurrence.rrule.split(";").map((part) => part.split("=") as [string, string]));
  const { FREQ = "", INTERVAL = "1", BYDAY = "", UNTIL = "", COUNT = "", WKST = "MO", ...rest } = parts;
  const until = UNTIL && `${UNTIL.slice(0, 4)}-${UNTIL.slice(4, 6)}-${UNTIL.slice(6)}`;
  const common = { every: INTERVAL, until, times: COUNT, anchor: recurrence.anchor };
  if (FREQ === "WEEKLY" && isSimple(FREQ, rest)) {
    // RFC 5545: weeks start on Monday unless the rule has a WKST.
    return { repeat: "weekly", on: BYDAY, days: joinParts({ FREQ, ...(INTERVAL !== "1" && { WKST, BYDAY }) }), ...common };
  }
  if (BYDAY === "" && isSimple(FREQ, rest)) {
    return { repeat: FREQ.toLowerCase(), on: BYDAY, days: joinParts({ FREQ, ...rest }), ...common };
  }
  const weeks = { ...(BYDAY && { BYDAY }), ...(parts.WKST && { WKST }) };
  return { repeat: "custom", rule: joinParts({ FREQ, ...rest, ...weeks }), ...common };
}

function joinParts(parts: Record<string, string>): string {
  return Object.entries(parts)
    .map(([name, value]) => `${name}=${value}`)
    .join(";");
}

/** The fields can express a monthly or yearly rule on one date, and a daily or weekly one without months and month days. */
function isSimple(frequency: string, { BYMONTH, BYMONTHDAY, ...others }: Record<string, string>): boolean {
  const isDay = /^\d+$/.test(BYMONTHDAY ?? "");
  if (Object.keys(others).length > 0) return false;
  if (frequency === "MONTHLY" && isDay) return BYMONTH === undefined;
  if (frequency === "YEARLY" && isDay) return /^\d+$/.test(BYMONTH ?? "");
  return BYMONTH === undefined && BYMONTHDAY === undefined;
}
