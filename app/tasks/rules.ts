import { isDeepStrictEqual } from "node:util";
import { recurrenceWithDays } from "#app/tasks/recurrence/recurrence.ts";
import type { Due, Task, TaskChanges, TaskInput } from "#app/tasks/task.ts";

/** A field that is wrong only beside other fields, or beside what is stored. */
export interface FieldProblem {
  /** A JSON Pointer into the task. */
  pointer: string;
  message: string;
}

/** Fields that only the server sets must, where they are sent back, be what is stored. */
export function validateReadOnly<Field extends string>(
  fields: readonly Field[],
  sent: Partial<Record<Field, unknown>>,
  stored: Record<Field, unknown>,
): FieldProblem[] {
  const wrong = fields.filter((field) => field in sent && !isDeepStrictEqual(sent[field], stored[field]));
  return wrong.map((field) => ({ pointer: `/${field}`, message: "can't be set" }));
}

/** A task's writable fields, as they stand in JSON. */
export function fieldsOf(task: Task): TaskInput {
  return {
    title: task.title,
    notes: task.notes,
    status: task.status,
    list_id: task.listId,
    parent_id: task.parentId,
    labels: task.labels,
    priority: task.priority,
    due: task.due,
    start_date: task.startDate,
    recurrence: task.recurrence,
    external_id: task.externalId,
  };
}

/** The task with other fields in place of its own. */
export function withFields(task: Task, fields: TaskInput): Task {
  const { list_id, parent_id, start_date, external_id, ...same } = fields;
  return { ...task, ...same, listId: list_id, parentId: parent_id, startDate: start_date, externalId: external_id };
}

/** The fields after a merge patch. A `due` may come out without its date: `validateFields` says so. */
export function applyPatch(fields: TaskInput, { due, ...changes }: TaskChanges): TaskInput {
  return { ...fields, ...defined(changes), due: due === undefined ? fields.due : applyDuePatch(fields.due, due) };
}

function applyDuePatch(stored: Due | null, change: NonNullable<TaskChanges["due"]> | null): Due | null {
  return change && { date: "", time: null, timezone: null, ...stored, ...defined(change) };
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never;
}

/** The rules between fields. Each field by itself has passed its schema. */
export function validateFields({ due, start_date, recurrence, parent_id, list_id }: TaskInput): FieldProblem[] {
  const rules: [broken: boolean, pointer: string, message: string][] = [
    [due?.date === "", "/due/date", "must be given with the rest of due"],
    [Boolean(due?.timezone && !due.time), "/due/timezone", "needs a time"],
    [Boolean(due?.date && start_date && start_date > due.date), "/start_date", "must not be after due.date"],
    [Boolean(recurrence && !due), "/recurrence", "needs a due date"],
    [Boolean(parent_id && list_id), "/list_id", "must be null for a subtask: it is in its parent's list"],
  ];
  return rules.flatMap(([broken, pointer, message]) => (broken ? [{ pointer, message }] : []));
}

/** With the days that its rule implies written out, so that neither a short month nor a moved date changes the rule. */
export function normalizeRecurrence(fields: TaskInput): TaskInput {
  const { recurrence, due } = fields;
  return recurrence && due?.date ? { ...fields, recurrence: recurrenceWithDays(recurrence, Temporal.PlainDate.from(due.date)) } : fields;
}
