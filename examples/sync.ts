// Synchronizes a file with your tasks, in both directions. If a run is interrupted, the next one continues from there.
//
//   DOABLE_URL=https://… DOABLE_KEY=doable_… node sync.ts tasks.json      (Node 24 or later, a key that may write)
//
// Edit the "tasks" array of the file: change fields, add {"title": "…"}, remove a task. The rest of the file is the
// script's state: the tasks as of the last synchronization, and the position in the change feed.
// If both sides have changed the same field, the file wins.
import { readFile, rename, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

interface Task {
  id?: string;
  external_id?: string | null;
  [field: string]: unknown;
}

interface SyncFile {
  tasks: Task[];
  /** Each task as of the last synchronization, by its id. */
  synced: Record<string, { version: number; task: Task }>;
  /** The position in the change feed. */
  next?: string;
}

const FIELDS = [
  "title",
  "notes",
  "status",
  "list_id",
  "parent_id",
  "labels",
  "priority",
  "due",
  "start_date",
  "recurrence",
  "external_id",
] as const;

const { DOABLE_URL, DOABLE_KEY } = process.env;
const [, , path] = process.argv;
if (!DOABLE_URL || !DOABLE_KEY || !path) {
  console.error("usage: DOABLE_URL=… DOABLE_KEY=… node sync.ts tasks.json");
  process.exit(2);
}

async function send(method: string, target: string, headers: Record<string, string>, body?: unknown): Promise<Response> {
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await fetch(new URL(target, DOABLE_URL), init);
  if (response.status !== 429 && response.status !== 503) return response;
  await delay(Number(response.headers.get("Retry-After") ?? 5) * 1000);
  return send(method, target, headers, body);
}

let token: Promise<string> | undefined;

/** A token lasts 15 minutes. */
async function newToken(): Promise<string> {
  const response = await send("POST", "/api/token", { "X-API-Key": DOABLE_KEY as string });
  if (!response.ok) throw new Error(`The key was not accepted (${response.status})`);
  return (await response.json()).access_token;
}

/** The response's status and parsed JSON. Throws unless the status is one of `expected`. Renews an expired token once. */
async function api(method: string, target: string, expected: number[], body?: unknown, headers: Record<string, string> = {}) {
  token ??= newToken();
  const all = { Authorization: `Bearer ${await token}`, ...(body !== undefined && { "Content-Type": "application/json" }), ...headers };
  let response = await send(method, `/api/me/${target}`, all, body);
  if (response.status === 401) {
    token = newToken();
    response = await send(method, `/api/me/${target}`, { ...all, Authorization: `Bearer ${await token}` }, body);
  }
  const text = await response.text();
  if (!expected.includes(response.status)) throw new Error(`${method} ${target}: ${response.status} ${text}`);
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

let before = await readFile(path, "utf8").catch((error) => {
  if (error.code === "ENOENT") return "";
  throw error;
});
const file: SyncFile = { tasks: [], synced: {}, ...(before === "" ? {} : JSON.parse(before)) };

/** Replaces the file atomically. Throws if the file has been edited since it was read. */
async function save(): Promise<void> {
  const text = `${JSON.stringify(file, null, 2)}\n`;
  if (text === before) return;
  const present = await readFile(path as string, "utf8").catch(() => "");
  if (present !== before) throw new Error(`${path} was edited meanwhile: run this again`);
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path as string);
  before = text;
}

/** The part of a task that is stored in the file: its id and its writable fields. */
function fieldsOf(task: Task): Task {
  return Object.fromEntries(["id", ...FIELDS].filter((field) => field in task).map((field) => [field, task[field]]));
}

/** Records that both sides now have this version of the task. */
function recordSynced(task: Task & { version: number }): void {
  const id = task.id as string;
  const fields = fieldsOf(task);
  const index = file.tasks.findIndex((other) => other.id === id);
  if (index < 0) file.tasks.push(fields);
  else file.tasks[index] = fields;
  file.synced[id] = { version: task.version, task: fields };
}

function forget(id: string): void {
  file.tasks = file.tasks.filter((task) => task.id !== id);
  delete file.synced[id];
}

/**
 * Saves an external_id for each new task before creating it. If the run is interrupted, the next one finds the task by it
 * instead of creating it again.
 */
async function pushNew(): Promise<void> {
  for (const task of file.tasks) if (!task.id) task.external_id ??= `sync-${crypto.randomUUID()}`;
  await save();
  for (const task of file.tasks.filter(({ id }) => !id)) {
    const created = await api("POST", "tasks", [201, 409], task);
    if (created.status === 201) {
      task.id = created.body.id;
      recordSynced(created.body);
    } else {
      // Created by an interrupted run. Any difference in the file since then is pushed as a change.
      const { body } = await api("GET", `tasks/${created.body.existing_id}`, [200]);
      task.id = body.id;
      file.synced[body.id] = { version: body.version, task: fieldsOf(body) };
    }
    await save();
  }
}

async function pushChanges(): Promise<void> {
  for (const task of [...file.tasks]) {
    const synced = file.synced[task.id as string];
    const changed = FIELDS.filter((field) => field in task && !isDeepStrictEqual(task[field], synced?.task[field]));
    if (changed.length === 0) continue;
    const changes = Object.fromEntries(changed.map((field) => [field, task[field]]));
    const response = await api("PATCH", `tasks/${task.id}`, [200, 404], changes);
    if (response.status === 404) forget(task.id as string);
    else recordSynced(response.body);
    await save();
  }
}

/** Moves tasks that were removed from the file to the trash, unless they have changed on the server since. */
async function pushRemovals(): Promise<void> {
  const kept = new Set(file.tasks.map(({ id }) => id));
  for (const [id, { version }] of Object.entries(file.synced).filter(([id]) => !kept.has(id))) {
    const response = await api("DELETE", `tasks/${id}`, [204, 404, 412], undefined, { "If-Match": `"${version}"` });
    if (response.status === 412) recordSynced(response.body.current);
    else forget(id);
    await save();
  }
}

async function pull(): Promise<void> {
  for (let hasMore = true; hasMore; ) {
    const query = new URLSearchParams({ limit: "200", ...(file.next && { since: file.next }) });
    const page = await api("GET", `changes?${query}`, [200, 410]);
    if (page.status === 410) {
      // The position is older than the server's record of deletions: start over with an empty state.
      for (const id of Object.keys(file.synced)) forget(id);
      delete file.next;
      continue;
    }
    for (const { type, op, id, task } of page.body.items) {
      if (type !== "task") continue;
      if (op === "delete" || task.deleted_at !== null) forget(id);
      else recordSynced(task);
    }
    file.next = page.body.next;
    hasMore = page.body.has_more;
    await save();
  }
}

try {
  await pushNew();
  await pushChanges();
  await pushRemovals();
  await pull();
  console.log(`${file.tasks.length} tasks, the same here and there.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
