import { type Clock, clockTime, dueWords } from "#app/tasks/due-label.ts";
import { nearbyDay } from "#app/tasks/forms/nearby-day.ts";
import { parseLabel, parseLabels } from "#app/tasks/forms/parse-labels.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** What a browser knows of the person's days. */
export interface Calendar {
  /** Where the person is, as an ISO date. */
  today: string;
  /** 1 Monday to 7 Sunday. */
  weekStart: number;
  clock: Clock;
}

/** A task as it will be once what was typed in its editor is saved. */
export function asEdited(task: TaskView, form: FormData, { today, clock }: Calendar): TaskView {
  const text = (name: string) => String(form.get(name) ?? "");
  const edited = {
    ...task,
    title: text("title").trim() || task.title,
    notes: text("notes"),
    priority: Number(form.get("priority")),
    listId: form.has("list") ? text("list") || null : task.listId,
    labels: parseLabels(text("labels")),
  };
  const [day, time] = [text("due"), text("time")];
  if (day === "") return withoutDay(edited);
  if (day === task.due?.date && time === (task.due.time ?? "")) return edited;
  return onDay({ ...edited, timeLabel: time && clockTime(time, clock) }, day, today);
}

/** A task as it will be once a form for several of them, such as `parseBulkForm` reads, is carried out on it. */
export function asSet(task: TaskView, form: FormData, { today, weekStart }: Calendar): TaskView {
  const [what = "", value = ""] = String(form.get("set")).split(" ");
  const label = parseLabel(String(form.get("label") ?? ""));
  const day = String(form.get("day") ?? "");
  switch (what) {
    case "priority":
      return { ...task, priority: Number(value) };
    case "list":
      return { ...task, listId: value || null };
    case "due":
      return value === "none" ? withoutDay(task) : onNearbyDay(task, value, { today, weekStart });
    case "day":
      return day ? onDay(task, day, today) : task;
    case "label":
      return withLabel(task, label);
    case "unlabel":
      return { ...task, labels: task.labels.filter((one) => one !== label) };
    // Enter in a field: those count that are filled in.
    case "":
      return withLabel(day ? onDay(task, day, today) : task, label);
    default:
      return task;
  }
}

/** A browser without it learns the day from the answer. */
const HAS_TEMPORAL = "Temporal" in globalThis;

/** Its time of day stays. */
export function onDay(task: TaskView, day: string, today: string): TaskView {
  if (!HAS_TEMPORAL) return task;
  const text = dueWords(Temporal.PlainDate.from(day), Temporal.PlainDate.from(today), task.timeLabel);
  const tone = day < today ? "late" : day === today ? "soon" : "plain";
  return { ...task, dueLabel: { text, tone }, isOverdue: tone === "late" && task.status === "open" };
}

function onNearbyDay(task: TaskView, name: string, { today, weekStart }: Omit<Calendar, "clock">): TaskView {
  const day = HAS_TEMPORAL ? nearbyDay(name, Temporal.PlainDate.from(today), weekStart) : undefined;
  return day ? onDay(task, day.toString(), today) : task;
}

function withoutDay(task: TaskView): TaskView {
  return { ...task, dueLabel: null, timeLabel: null, isOverdue: false };
}

function withLabel(task: TaskView, label: string): TaskView {
  return { ...task, labels: [...new Set([...task.labels, label])].filter(Boolean) };
}
