import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { camelCase } from "#app/tasks/keys.ts";
import { distinctNames, nameKey } from "#app/tasks/name-key.ts";
import { type Recurrence, recurrenceWithDays, withUntilDay } from "#app/tasks/recurrence/recurrence.ts";
import { type Due, type TaskChanges, TaskInput, TaskInputJson, type TaskReplacementJson } from "#app/tasks/task.ts";

export interface FieldProblem {
  /** A JSON Pointer (RFC 6901) into the task's JSON. */
  pointer: string;
  message: string;
}

export function validateReadOnly<Field extends string>(
  fields: readonly Field[],
  sent: Partial<Record<Field, unknown>>,
  stored: Record<Field, unknown>,
): FieldProblem[] {
  const wrong = fields.filter((field) => field in sent && !isDeepStrictEqual(sent[field], stored[field]));
  return wrong.map((field) => ({ pointer: `/${field}`, message: "can't be set" }));
}

const WRITABLE = Object.keys(TaskInputJson.shape).map((name) => [name, camelCase(name) as keyof TaskInput] as const);

export function fieldsOf(task: TaskInput): TaskInput {
  return Object.fromEntries(WRITABLE.map(([, property]) => [property, task[property]])) as unknown as TaskInput;
}

export function inputJson(fields: TaskInput): z.output<typeof TaskReplacementJson> {
  return Object.fromEntries(WRITABLE.map(([name, property]) => [name, fields[property]])) as never;
}

/** Labels in the spelling of those that are the same, so that another spelling is no change. */
function spelledAs(stored: string[], labels: string[]): string[] {
  const byKey = new Map(stored.map((label) => [nameKey(label), label]));
  return distinctNames(labels.map((label) => byKey.get(nameKey(label)) ?? label));
}

/** The fields of a new task that has only a title. */
export const DEFAULT_FIELDS = TaskInput.parse({ title: "-" });

/** The fields after a merge patch. `due` and `recurrence` may lack members in the result, which `validateFields` reports. */
export function applyPatch(fields: TaskInput, { due, recurrence, labels, ...changes }: TaskChanges): TaskInput {
  return {
    ...fields,
    ...defined(changes),
    labels: labels === undefined ? fields.labels : spelledAs(fields.labels, labels),
    due: due === undefined ? fields.due : due && { ...NO_DUE, ...fields.due, ...defined(due) },
    recurrence:
      recurrence === undefined ? fields.recurrence : recurrence && { ...NO_RECURRENCE, ...fields.recurrence, ...defined(recurrence) },
  };
}

const NO_DUE: Due = { date: "", time: null, timezone: null };
const NO_RECURRENCE = { rrule: "" } as Recurrence;

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never;
}

/** Checks the rules between fields. Each field by itself has passed its schema. */
export function validateFields({ due, startDate, recurrence }: Pick<TaskInput, "due" | "startDate" | "recurrence">): FieldProblem[] {
  const rules: [broken: boolean, pointer: string, message: string][] = [
    [due?.date === "", "/due/date", "must be given with the rest of due"],
    [recurrence?.rrule === "", "/recurrence/rrule", "must be given with the rest of recurrence"],
    [recurrence !== null && !recurrence.anchor, "/recurrence/anchor", "must be given with the rest of recurrence"],
    [Boolean(due?.date && startDate && startDate > due.date), "/start_date", "must not be after due.date"],
    [Boolean(recurrence && !due), "/recurrence", "needs a due date"],
  ];
  return rules.flatMap(([broken, pointer, message]) => (broken ? [{ pointer, message }] : []));
}

/** `timezone` is the user's. */
export function normalizeRecurrence<Fields extends Pick<TaskInput, "recurrence" | "due">>(fields: Fields, timezone: string): Fields {
  const { recurrence, due } = fields;
  if (!recurrence?.rrule || !due?.date) return fields;
  const ending = withUntilDay(recurrence, due.time, due.timezone ?? timezone);
  return { ...fields, recurrence: recurrenceWithDays(ending, Temporal.PlainDate.from(due.date)) };
}
