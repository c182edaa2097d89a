import { randomUUIDv7 } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isDeepStrictEqual } from "node:util";
import { boundOf, decodePosition, encodePosition, endOf, KINDS } from "#app/changes/position.server.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { applyPatch, fieldsOf, normalizeRecurrence, validateFields } from "#app/tasks/rules.ts";
import { encodeCursor } from "#app/tasks/store/paging.server.ts";
import { textBytes } from "#app/tasks/store/quota.server.ts";
import { TaskInput } from "#app/tasks/task.ts";
import { TaskPatch, taskJson, validateReadOnlyFields, writableFields } from "#app/tasks/wire/task-json.ts";
import { authenticate, readKeys } from "./authentication.ts";
import { rowsOf } from "./database.ts";
import { CHANGES, CREATE_TASK, GET_TASK, LIST_TASKS, UPDATE_TASK } from "./statements.ts";
import { columnValues, type Row, taskOf } from "./task.ts";

export interface ApiResponse {
  status: number;
  body: string | Buffer;
  type?: string;
}

const ORIGIN = '{"type":"session"}';
const PAGE = 50;
const EVERYTHING = TaskFilter.parse({});
const UNAUTHORIZED = { status: 401, body: "" };
const INVALID = { status: 422, body: "" };
/** For requests that the benchmark doesn't send, such as those that affect several tasks. */
const NOT_IMPLEMENTED = { status: 501, body: "" };

export async function list(request: IncomingMessage): Promise<ApiResponse> {
  const user = await authenticate(request, "tasks:read");
  if (!user) return UNAUTHORIZED;
  const rows = await rowsOf(LIST_TASKS, [user, PAGE + 1]);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  const next_cursor = last ? encodeCursor([[last.key0], last.id], JSON.stringify([user, EVERYTHING])) : null;
  return { status: 200, body: JSON.stringify({ items: rows.slice(0, PAGE).map(json), next_cursor }) };
}

export async function get(request: IncomingMessage, id: string): Promise<ApiResponse> {
  const user = await authenticate(request, "tasks:read");
  if (!user) return UNAUTHORIZED;
  const [row] = await rowsOf(GET_TASK, [user, id]);
  return row ? { status: 200, body: JSON.stringify(json(row)) } : { status: 404, body: "" };
}

export async function create(request: IncomingMessage): Promise<ApiResponse> {
  const user = await authenticate(request, "tasks:write");
  if (!user) return UNAUTHORIZED;
  const { data: input } = TaskInput.safeParse(await bodyOf(request));
  if (!input || validateFields(input).length > 0) return INVALID;
  const fields = normalizeRecurrence(input, "UTC");
  if (fields.parentId !== null || fields.recurrence || fields.status === "done") return NOT_IMPLEMENTED;
  const values = [randomUUIDv7(), fields.status, null, "", textBytes(fields), ...columnValues(fields)];
  const [row] = await rowsOf(CREATE_TASK, [user, 1, ORIGIN, ...values]);
  return { status: 201, body: JSON.stringify(json(row)) };
}

export async function patch(request: IncomingMessage, id: string): Promise<ApiResponse> {
  const user = await authenticate(request, "tasks:write");
  if (!user) return UNAUTHORIZED;
  const { data: sent } = TaskPatch.safeParse(await bodyOf(request));
  if (!sent) return INVALID;
  const [row] = await rowsOf(GET_TASK, [user, id]);
  if (!row) return { status: 404, body: "" };
  const task = taskOf(row);
  const before = fieldsOf(task);
  const after = normalizeRecurrence(applyPatch(before, writableFields(sent)), "UTC");
  if (validateReadOnlyFields(sent, task).length > 0 || validateFields(after).length > 0) return INVALID;
  if (isDeepStrictEqual(after, before)) return { status: 200, body: JSON.stringify(taskJson(task)) };
  const { status, listId, parentId } = before;
  if (after.status !== status || after.listId !== listId || after.parentId !== parentId || after.recurrence) return NOT_IMPLEMENTED;
  const [changed] = await rowsOf(UPDATE_TASK, [
    user,
    1,
    ORIGIN,
    null,
    id,
    row.version,
    textBytes(after) - textBytes(before),
    null,
    ...columnValues(after),
  ]);
  return changed ? { status: 200, body: JSON.stringify(json(changed)) } : { status: 409, body: "" };
}

export async function changes(request: IncomingMessage, since: string): Promise<ApiResponse> {
  const user = await authenticate(request, "tasks:read");
  const position = user && decodePosition(since, user);
  if (!position) return UNAUTHORIZED;
  const bounds = KINDS.flatMap((kind) => boundOf(kind, position));
  const [row] = await rowsOf(CHANGES, [user, PAGE + 1, KINDS.indexOf("task"), ...bounds]);
  if (row.change_number !== null || Math.max(position.changeNumber, position.startedAt) < row.swept_to) return NOT_IMPLEMENTED;
  return { status: 200, body: JSON.stringify({ items: [], next: encodePosition(endOf(row.last_value), user), has_more: false }) };
}

export async function keySet(): Promise<ApiResponse> {
  return { status: 200, body: JSON.stringify({ keys: await readKeys() }) };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function json(row: Row) {
  return taskJson(taskOf(row));
}
