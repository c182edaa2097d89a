import type { z } from "zod";
import { type FieldErrors, fieldErrors } from "#app/http/form.ts";
import { labelsIn } from "#app/tasks/forms/parse-labels.ts";
import { TaskChanges, TaskInput } from "#app/tasks/task.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** What a person typed, kept as it is until it is valid. */
export type TaskFormValues = Partial<Record<FieldName, string>>;

const FIELDS = [
  "title",
  "notes",
  "priority",
  "list",
  "labels",
  "due",
  "time",
  "timezone",
  "start",
  "parent",
  "external",
  "repeat",
  "every",
  "on",
  "days",
  "until",
  "times",
  "anchor",
  "rule",
] as const;
type FieldName = (typeof FIELDS)[number];

/** A form that could not be carried out, with what was typed. */
export interface RefusedForm {
  intent: string;
  id: string;
  values: TaskFormValues;
  errors: FieldErrors | undefined;
  /** What somebody else saved meanwhile. */
  current: TaskView | undefined;
}

type Read<T> = { success: true; data: T; values: TaskFormValues } | { success: false; errors: FieldErrors; values: TaskFormValues };

/** A new task from a form, by the very rules of the API. */
export function readNewTask(form: FormData): Read<TaskInput> {
  return read(form, TaskInput);
}

/** Changes to a task from a form: a field that the form lacks stays as it is. */
export function readTaskChanges(form: Texts): Read<TaskChanges> {
  return read(form, TaskChanges);
}

/** A form, or the address that it would be sent to. */
type Texts = FormData | URLSearchParams;

function read<Schema extends z.ZodType>(form: Texts, schema: Schema): Read<z.output<Schema>> {
  const values = valuesOf(form);
  const result = schema.safeParse(wireOf(values));
  const lacksDay = values.due === "" && Boolean(values.time);
  if (result.success && !lacksDay) return { success: true, data: result.data, values };
  const errors = result.success ? {} : onFormFields(fieldErrors(result.error));
  return { success: false, errors: { ...errors, ...(lacksDay && { due: "A time needs a day" }) }, values };
}

/** Several boxes of one name, such as weekdays, are one value with commas. */
function valuesOf(form: Texts): TaskFormValues {
  const present = FIELDS.filter((name) => form.has(name));
  return Object.fromEntries(
    present.map((name) => [
      name,
      form
        .getAll(name)
        .filter((value) => typeof value === "string")
        .join(","),
    ]),
  );
}

/** The form's texts as the API's JSON would have them. */
function wireOf(values: TaskFormValues): Record<string, unknown> {
  const { title, notes, priority, list, labels, due, start, parent, external, repeat } = values;
  return {
    ...(title !== undefined && { title }),
    // A form sends every line break as CRLF (WHATWG HTML, 4.10.21.8).
    ...(notes !== undefined && { notes: notes.replaceAll("\r\n", "\n") }),
    ...(priority !== undefined && { priority: Number(priority) }),
    // A subtask is in its parent's list: the one that is chosen beside it is the task's own, which it leaves.
    ...(list !== undefined && { list_id: parent ? null : list || null }),
    ...(labels !== undefined && { labels: labelsIn(labels) }),
    ...(due !== undefined && { due: due ? dueOf(due, values) : null }),
    ...(start !== undefined && { start_date: start || null }),
    ...(parent !== undefined && { parent_id: parent || null }),
    ...(external !== undefined && { external_id: external || null }),
    ...(repeat !== undefined && { recurrence: repeat ? { rrule: ruleOf(repeat, values), anchor: values.anchor || "due" } : null }),
  };
}

function dueOf(date: string, { time, timezone }: TaskFormValues) {
  return {
    date,
    ...(time !== undefined && { time: time || null }),
    // A zone without a time says nothing: it goes with the time.
    ...((timezone !== undefined || time === "") && { timezone: (time && timezone) || null }),
  };
}

/**
 * `custom` is a rule as typed, every other choice a frequency; with its interval and its end. `days` is the frequency
 * that is saved with its days of the month: as long as that stays, a moved date doesn't change them.
 */
function ruleOf(repeat: string, { every, on, days = "", until, times, rule }: TaskFormValues): string {
  const frequency = `FREQ=${repeat.toUpperCase()}`;
  const plain = days.startsWith(`${frequency};`) ? days : frequency;
  return [
    repeat === "custom" ? (rule ?? "") : plain,
    every && every !== "1" && `INTERVAL=${every}`,
    repeat === "weekly" && on && `BYDAY=${on}`,
    until && `UNTIL=${until.replaceAll("-", "")}`,
    !until && times && `COUNT=${times}`,
  ]
    .filter(Boolean)
    .join(";");
}

const FORM_FIELD: Record<string, FieldName> = {
  list_id: "list",
  start_date: "start",
  parent_id: "parent",
  external_id: "external",
  recurrence: "repeat",
};

function onFormFields(errors: FieldErrors): FieldErrors {
  return Object.fromEntries(Object.entries(errors).map(([name, message]) => [FORM_FIELD[name] ?? name, message]));
}

/** What the domain refused, beside the form's fields. */
export function formErrors(problems: { pointer: string; message: string }[]): FieldErrors {
  return onFormFields(Object.fromEntries(problems.map(({ pointer, message }) => [pointer.split("/")[1] ?? "form", message])));
}
