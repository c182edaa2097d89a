import { nearbyDay } from "#app/tasks/forms/nearby-day.ts";
import { labelIn } from "#app/tasks/forms/parse-labels.ts";
import { TaskChanges } from "#app/tasks/task.ts";

/** What is to be done to each of several tasks. `label` comes to those that it has, `unlabel` goes from them. */
export type Bulk =
  | { op: "complete" }
  | { op: "delete" }
  | { op: "update"; changes: TaskChanges; label?: string | undefined; unlabel?: string | undefined };

/**
 * From the button that was pressed, `set`: what to set, a space, and to what. Enter in one of the fields presses the
 * button without a value, and then the fields count that are filled in. `undefined`: no form of ours.
 */
export function readBulk(form: FormData, today: Temporal.PlainDate, weekStart: number): Bulk | undefined {
  const [what, value = ""] = String(form.get("set")).split(" ");
  if (what === "done") return { op: "complete" };
  if (what === "trash") return { op: "delete" };
  if (what === "unlabel") return { op: "update", changes: {}, unlabel: labelOf(form) };
  const label = what === "" || what === "label" ? labelOf(form) : undefined;
  const changes = TaskChanges.safeParse({ ...changesBy(what, value, form, today, weekStart), ...(label && { labels: [label] }) });
  return changes.success ? { op: "update", changes: changes.data, label } : undefined;
}

function changesBy(what = "", value: string, form: FormData, today: Temporal.PlainDate, weekStart: number): object | undefined {
  switch (what) {
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
      return { unknown: what };
  }
}

function labelOf(form: FormData): string | undefined {
  return labelIn(String(form.get("label") ?? "")) || undefined;
}
