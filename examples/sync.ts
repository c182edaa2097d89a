// Keeps a file and your tasks the same, in both directions. End it anywhere, and the next run goes on from there.
//
//   DOABLE_URL=https://… DOABLE_KEY=doable_… node sync.ts tasks.json      (Node 24 or later, a key that may write)
//
// Edit what stands under "tasks" in the file: change fields, add {"title": "…"}, take a task out. Everything else in the
// file is the script's own: how the tasks were when both sides were last the same, and how far it has read.
// Where both sides have changed the same field, the file wins.
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
  /** Each task as it last was on both sides, by its id. */
  synced: Record<string, { version: number; task: Task }>;
  /** Where to go on reading changes. */
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
  const answer = await fetch(new URL(target, DOABLE_URL), init);
  if (answer.status !== 429 && answer.status !== 503) return answer;
  await delay(Number(answer.headers.get("Retry-After") ?? 5) * 1000);
  return send(method, target, headers, body);
}

let token: Promise<string> | undefined;

/** A token lasts 15 minutes. */
async function newToken(): Promise<string> {
  const answer = await send("POST", "/api/token", { "X-API-Key": DOABLE_KEY as string });
  if (!answer.ok) throw new Error(`The key was not accepted (${answer.status})`);
  return (await answer.json()).access_token;
}

/** The answer of the API as JSON, for any of the `expected` statuses. */
async function api(method: string, target: string, expected: number[], body?: unknown, headers: Record<string, string> = {}) {
  token ??= newToken();
  const all = { Authorization: `Bearer ${await token}`, ...(body !== undefined && { "Content-Type": "application/json" }), ...headers };
  let answer = await send(method, `/api/me/${target}`, all, body);
  if (answer.status === 401) {
    token = newToken();
    answer = await send(method, `/api/me/${target}`, { ...all, Authorization: `Bearer ${await token}` }, body);
  }
  const text = await answer.text();
  if (!expected.includes(answer.status)) throw new Error(`${method} ${target}: ${answer.status} ${text}`);
  return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
}

let before = await readFile(path, "utf8").catch((error) => {
  if (error.code === "ENOENT") return "";
  throw error;
});
const file: SyncFile = { tasks: [], synced: {}, ...(before === "" ? {} : JSON.parse(before)) };

/** All of it or nothing, and never over what somebody has written meanwhile. */
async function save(): Promise<void> {
  const text = `${JSON.stringify(file, null, 2)}\n`;
  if (text === before) return;
  const present = await readFile(path as string, "utf8").catch(() => "");
  if (present !== before) throw new Error(`${path} was edited meanwhile: run this again`);
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path as string);
  before = text;
}

/** What a file says of a task: its id and what may be written. */
function fieldsOf(task: Task): Task {
  return Object.fromEntries(["id", ...FIELDS].filter((field) => field in task).map((field) => [field, task[field]]));
}

/** Both sides have it like this now. */
function agree(task: Task & { version: number }): void {
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

/** A name of our own is in the file before the task is anywhere else: so a run that is ended finds what it has made. */
async function pushNew(): Promise<void> {
  for (const task of file.tasks) if (!task.id) task.external_id ??= `sync-${crypto.randomUUID()}`;
  await save();
  for (const task of file.tasks.filter(({ id }) => !id)) {
    const made = await api("POST", "tasks", [201, 409], task);
    if (made.status === 201) {
      task.id = made.body.id;
      agree(made.body);
    } else {
      // Made by a run that was ended; what the file says otherwise by now is a change.
      const { body } = await api("GET", `tasks/${made.body.existing_id}`, [200]);
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
    const answer = await api("PATCH", `tasks/${task.id}`, [200, 404], changes);
    if (answer.status === 404) forget(task.id as string);
    else agree(answer.body);
    await save();
  }
}

/** A task that was taken out of the file goes to the trash, unless it has changed there since. */
async function pushRemovals(): Promise<void> {
  const kept = new Set(file.tasks.map(({ id }) => id));
  for (const [id, { version }] of Object.entries(file.synced).filter(([id]) => !kept.has(id))) {
    const answer = await api("DELETE", `tasks/${id}`, [204, 404, 412], undefined, { "If-Match": `"${version}"` });
    if (answer.status === 412) agree(answer.body.current);
    else forget(id);
    await save();
  }
}

async function pull(): Promise<void> {
  for (let hasMore = true; hasMore; ) {
    const query = new URLSearchParams({ limit: "200", ...(file.next && { since: file.next }) });
    const page = await api("GET", `changes?${query}`, [200, 410]);
    if (page.status === 410) {
      // Too long ago to be told what is gone: from the start, with nothing that was known.
      for (const id of Object.keys(file.synced)) forget(id);
      delete file.next;
      continue;
    }
    for (const { type, op, id, task } of page.body.items) {
      if (type !== "task") continue;
      if (op === "delete" || task.deleted_at !== null) forget(id);
      else agree(task);
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
