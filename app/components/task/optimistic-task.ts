import type { Calendar } from "#app/components/ui/layout-data.ts";
import { clockTime, dueWords } from "#app/tasks/due-label.ts";
import { nearbyDay } from "#app/tasks/forms/nearby-day.ts";
import { parseLabel, parseLabels } from "#app/tasks/forms/parse-labels.ts";
import { distinctNames, nameKey } from "#app/tasks/name-key.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

export function applyEdit(task: TaskView, form: FormData, { today, clock }: Calendar): TaskView {
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
  if (day === "") return withoutDueDate(edited);
  if (day === task.due?.date && time === (task.due.time ?? "")) return edited;
  return withDueDate({ ...edited, timeLabel: time && clockTime(time, clock) }, day, today);
}

/** `form` has the format of `parseBulkForm`. */
export function applyBulk(task: TaskView, form: FormData, { today, weekStart }: Calendar): TaskView {
  const [property = "", value = ""] = String(form.get("set")).split(" ");
  const label = parseLabel(String(form.get("label") ?? ""));
  const day = String(form.get("day") ?? "");
  switch (property) {
    case "priority":
      return { ...task, priority: Number(value) };
    case "list":
      // A subtask stays in its parent's list.
      return task.parentId ? task : { ...task, listId: value || null };
    case "due":
      return value === "none" ? withoutDueDate(task) : withNearbyDay(task, value, { today, weekStart });
    case "day":
      return day ? withDueDate(task, day, today) : task;
    case "label":
      return withLabel(task, label);
    case "unlabel":
      return { ...task, labels: task.labels.filter((one) => nameKey(one) !== nameKey(label)) };
    // Enter in a field submits no property: every field that is filled in is applied.
    case "":
      return withLabel(day ? withDueDate(task, day, today) : task, label);
    default:
      return task;
  }
}

/** In browsers without Temporal, days change only once the server has answered. */
const HAS_TEMPORAL = "Temporal" in globalThis;

/** The task due on another date, at the same time of day. */
export function withDueDate(task: TaskView, date: string, today: string): TaskView {
  if (!HAS_TEMPORAL) return task;
  const day = dueDayOn(task, Temporal.PlainDate.from(date));
  const dueDay = day.toString();
  const text = dueWords(day, Temporal.PlainDate.from(today), task.timeLabel);
  const tone = dueDay < today ? "late" : dueDay === today ? "soon" : "plain";
  const due = { time: null, timezone: null, ...task.due, date };
  return { ...task, due, dueDay, dueLabel: { text, tone }, isOverdue: tone === "late" && task.status === "open" };
}

/** For a time in another zone, the date there may be the day before or after the user's. */
function dueDayOn({ due, dueDay }: TaskView, date: Temporal.PlainDate): Temporal.PlainDate {
  return due && dueDay ? date.add(Temporal.PlainDate.from(due.date).until(dueDay)) : date;
}

function withNearbyDay(task: TaskView, name: string, { today, weekStart }: Omit<Calendar, "clock">): TaskView {
  const day = HAS_TEMPORAL ? nearbyDay(name, Temporal.PlainDate.from(today), weekStart) : undefined;
  return day ? withDueDate(task, day.toString(), today) : task;
}

function withoutDueDate(task: TaskView): TaskView {
  return { ...task, due: null, dueDay: null, dueLabel: null, timeLabel: null, isOverdue: false };
}

function withLabel(task: TaskView, label: string): TaskView {
  return { ...task, labels: distinctNames([...task.labels, label]).filter(Boolean) };
}
