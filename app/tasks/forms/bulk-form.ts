import { nearbyDay } from "#app/tasks/forms/nearby-day.ts";
import { parseLabel } from "#app/tasks/forms/parse-labels.ts";
import { TaskChanges } from "#app/tasks/task.ts";

/** By priority. */
export const PRIORITY_NAMES = ["None", "Low", "Medium", "High"] as const;

/** `label` is added to the labels of each selected task, `unlabel` is removed. */
export type BulkChange =
  | { op: "complete" }
  | { op: "delete" }
  | { op: "update"; changes: TaskChanges; label?: string | undefined; unlabel?: string | undefined };

/**
 * The pressed button is in `set`: a name, a space and a value. Enter in a field presses the button without a value;
 * then every filled field counts. `undefined` for a value that the page does not offer.
 */
export function parseBulkForm(form: FormData, today: Temporal.PlainDate, weekStart: number): BulkChange | undefined {
  const [name, value = ""] = String(form.get("set")).split(" ");
  if (name === "done") return { op: "complete" };
  if (name === "trash") return { op: "delete" };
  if (name === "unlabel") return { op: "update", changes: {}, unlabel: labelField(form) };
  const label = name === "" || name === "label" ? labelField(form) : undefined;
  const changes = TaskChanges.safeParse({ ...buttonChanges(name, value, form, today, weekStart), ...(label && { labels: [label] }) });
  return changes.success ? { op: "update", changes: changes.data, label } : undefined;
}

function buttonChanges(name = "", value: string, form: FormData, today: Temporal.PlainDate, weekStart: number): object | undefined {
  switch (name) {
    case "":
    case "day":
      return form.get("day") ? { due: { date: form.get("day") } } : {};
    case "label":
      return {};
    case "due":
      if (value === "none") return { due: null };
      return { due: { date: nearbyDay(value, today, weekStart)?.toString() ?? value } };
    case "list":
      return { list_id: value || null };
    case "priority":
      return { priority: Number(value) };
    default:
      // No field of a task: the schema rejects it.
      return { unknown: name };
  }
}

function labelField(form: FormData): string | undefined {
  return parseLabel(String(form.get("label") ?? "")) || undefined;
}
