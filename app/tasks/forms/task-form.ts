import type { z } from "zod";
import { type FieldErrors, fieldErrors } from "#app/http/form.ts";
import { parseLabels } from "#app/tasks/forms/parse-labels.ts";
import { withWeekStart } from "#app/tasks/recurrence/week-start.ts";
import { CalendarDate, TaskChanges, TaskInput } from "#app/tasks/task.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** The submitted texts, unchanged, to fill the form again. */
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

export interface FailedSubmission {
  intent: string;
  id: string;
  values: TaskFormValues;
  errors: FieldErrors | undefined;
  /** The stored task, after a version conflict. */
  current: TaskView | undefined;
}

type ParsedForm<T> = { success: true; data: T; values: TaskFormValues } | { success: false; errors: FieldErrors; values: TaskFormValues };

/** `weekStart` is the user's. */
export function parseNewTask(form: FormData, weekStart: number): ParsedForm<TaskInput> {
  return parse(form, weekStart, TaskInput);
}

/** A field missing from the form stays unchanged; an empty one is cleared. `weekStart` is the user's. */
export function parseTaskChanges(form: FormFields, weekStart: number): ParsedForm<TaskChanges> {
  return parse(form, weekStart, TaskChanges);
}

type FormFields = FormData | URLSearchParams;

function parse<Schema extends z.ZodType>(form: FormFields, weekStart: number, schema: Schema): ParsedForm<z.output<Schema>> {
  const values = submittedValues(form);
  const result = schema.safeParse(toTaskJson(values, weekStart));
  const lacksDay = values.due === "" && Boolean(values.time);
  if (result.success && !lacksDay) return { success: true, data: result.data, values };
  const errors = result.success ? {} : byFormField(fieldErrors(result.error));
  return { success: false, errors: { ...errors, ...(lacksDay && { due: "A time needs a day" }) }, values };
}

/** Several checked boxes of one name, such as weekdays, become one comma-separated value. */
function submittedValues(form: FormFields): TaskFormValues {
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

function toTaskJson(values: TaskFormValues, weekStart: number): Record<string, unknown> {
  const { title, notes, priority, list, labels, due, start, parent, external, repeat } = values;
  return {
    ...(title !== undefined && { title }),
    // Forms send every line break as CRLF (WHATWG HTML, section 4.10.21.8).
    ...(notes !== undefined && { notes: notes.replaceAll("\r\n", "\n") }),
    ...(priority !== undefined && { priority: Number(priority) }),
    // A subtask is in its parent's list: the list chosen in the form does not apply.
    ...(list !== undefined && !parent && { list_id: list || null }),
    ...(labels !== undefined && { labels: parseLabels(labels) }),
    ...(due !== undefined && { due: due ? toDueJson(due, values) : null }),
    ...(start !== undefined && { start_date: start || null }),
    ...(parent !== undefined && { parent_id: parent || null }),
    ...(external !== undefined && { external_id: external || null }),
    ...(repeat !== undefined && {
      recurrence: repeat ? { rrule: toRrule(repeat, values, weekStart), anchor: values.anchor || "due" } : null,
    }),
  };
}

function toDueJson(date: string, { time, timezone }: TaskFormValues) {
  return {
    date,
    ...(time !== undefined && { time: time || null }),
    ...(timezone !== undefined && { timezone: timezone || null }),
  };
}

/** `repeat` is a frequency, or `custom` for the typed `rule`. */
function toRrule(repeat: string, values: TaskFormValues, weekStart: number): string {
  const { every, on, due, until, times, rule } = values;
  const rrule = [
    repeat === "custom" ? (rule ?? "") : frequencyPart(`FREQ=${repeat.toUpperCase()}`, values),
    every && every !== "1" && `INTERVAL=${every}`,
    repeat === "weekly" && on && `BYDAY=${on}`,
    until && `UNTIL=${until.replaceAll("-", "")}`,
    !until && times && `COUNT=${times}`,
  ]
    .filter(Boolean)
    .join(";");
  return repeat === "weekly" ? withWeekStart(rrule, weekStart, CalendarDate.safeParse(due).data) : rrule;
}

/**
 * `days` is the stored `FREQ=…;BYMONTHDAY=…`: while the frequency stays the same it is kept, so that a moved due date does not
 * change the days. Of a weekly rule it is `FREQ=WEEKLY;WKST=…;BYDAY=…`: the start of the week is kept while the weekdays are.
 */
function frequencyPart(frequency: string, { on = "", days = "" }: TaskFormValues): string {
  const [kept = "", weekdays] = days.split(";BYDAY=");
  const isKept = kept.startsWith(`${frequency};`) && (weekdays === undefined || inOrder(weekdays) === inOrder(on));
  return isKept ? kept : frequency;
}

/** The checkboxes are in the order of the user's week. */
function inOrder(weekdays: string): string {
  return weekdays.split(",").toSorted().join();
}

const FORM_FIELD: Record<string, FieldName> = {
  list_id: "list",
  start_date: "start",
  parent_id: "parent",
  external_id: "external",
  recurrence: "repeat",
};

function byFormField(errors: FieldErrors): FieldErrors {
  return Object.fromEntries(Object.entries(errors).map(([name, message]) => [FORM_FIELD[name] ?? name, message]));
}

/** By form field; problems that name no field are under `form`. */
export function formErrors(problems: { pointer: string; message: string }[]): FieldErrors {
  return byFormField(Object.fromEntries(problems.map(({ pointer, message }) => [pointer.split("/")[1] ?? "form", message])));
}
