import { randomUUIDv7 } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { TaskChanges, TaskInput } from "#app/tasks/task.ts";
import { callerOf, readKeys } from "./caller.ts";
import { rowsOf } from "./database.ts";
import { CREATE_TASK, FIND_TASK, LIST_TASKS, UPDATE_TASK } from "./statements.ts";

export interface Answer {
  status: number;
  body: string | Buffer;
  type?: string;
}

export async function list(request: IncomingMessage): Promise<Answer> {
  const user = await callerOf(request, "tasks:read");
  if (!user) return { status: 401, body: "" };
  const rows = await rowsOf(LIST_TASKS, [user, 51]);
  return { status: 200, body: JSON.stringify({ items: rows.slice(0, 50).map(json), next_cursor: null }) };
}

export async function get(request: IncomingMessage, id: string): Promise<Answer> {
  const user = await callerOf(request, "tasks:read");
  const [row] = user ? await rowsOf(FIND_TASK, [user, id]) : [];
  return row ? { status: 200, body: JSON.stringify(json(row)) } : { status: 404, body: "" };
}

export async function create(request: IncomingMessage): Promise<Answer> {
  const user = await callerOf(request, "tasks:write");
  const { data: fields } = TaskInput.safeParse(await bodyOf(request));
  if (!user || !fields) return { status: 422, body: "" };
  const [row] = await rowsOf(CREATE_TASK, [user, randomUUIDv7(), ...columns(fields), null, null]);
  return { status: 201, body: JSON.stringify(json(row)) };
}

export async function patch(request: IncomingMessage, id: string): Promise<Answer> {
  const user = await callerOf(request, "tasks:write");
  const { data: changes } = TaskChanges.safeParse(await bodyOf(request));
  const [before] = user && changes ? await rowsOf(FIND_TASK, [user, id]) : [];
  if (!before) return { status: 404, body: "" };
  const fields = { ...json(before), ...changes } as TaskInput;
  const [row] = await rowsOf(UPDATE_TASK, [user, ...columns(fields), before.series_id, id, before.version]);
  return row ? { status: 200, body: JSON.stringify(json(row)) } : { status: 409, body: "" };
}

export async function keySet(): Promise<Answer> {
  return { status: 200, body: JSON.stringify({ keys: await readKeys() }) };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function columns(fields: TaskInput): unknown[] {
  const { title, notes, status, list_id, parent_id, labels, priority, due, start_date, recurrence, external_id } = fields;
  const when = [due?.date ?? null, due?.time ?? null, due?.timezone ?? null, null, start_date];
  const repeat = [recurrence?.rrule ?? null, recurrence?.anchor ?? null];
  return [title, notes, status, list_id, parent_id, labels, priority, ...when, ...repeat, external_id];
}

// biome-ignore lint/suspicious/noExplicitAny: a row as pg gives it.
function json(row: any) {
  return {
    id: row.id,
    title: row.title,
    notes: row.notes,
    status: row.status,
    list_id: row.list_id,
    parent_id: row.parent_id,
    labels: row.labels,
    priority: row.priority,
    due: row.due_date && { date: row.due_date, time: row.due_time?.slice(0, 5) ?? null, timezone: row.due_timezone },
    start_date: row.start_date,
    recurrence: row.rrule && { rrule: row.rrule, anchor: row.recurrence_anchor },
    external_id: row.external_id,
    series_id: row.series_id,
    rank: row.rank,
    created_at: row.created_at,
    updated_at: row.updated_at,
    completed_at: row.completed_at,
    deleted_at: row.deleted_at,
    version: row.version,
    url: `${process.env.BETTER_AUTH_URL}/task/${row.id}`,
  };
}
