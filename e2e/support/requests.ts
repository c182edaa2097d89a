import { type Call, call, newTask } from "./api.ts";
import { isBearer, type Operation } from "./description.ts";
import type { DoableServer } from "./server.ts";

// Requests built from the examples in the description, with ids that exist.

/** Ids of a user's data, by the parameter names of the description. */
export interface Belongings {
  user_id: string;
  /** The user's id, where `user_id` is the word for oneself. */
  own_id: string;
  task_id: string;
  other_task_id: string;
  list_id: string;
  other_list_id: string;
}

export interface DescribedRequest {
  path: Record<string, string>;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  body: unknown;
}

/** Which of the user's ids belongs in a field of a task operation. The next table is for lists. */
const OF_TASKS: Record<string, keyof Belongings> = {
  id: "task_id",
  series_id: "task_id",
  list_id: "list_id",
  parent_id: "other_task_id",
  after: "other_task_id",
  before: "other_task_id",
};
const OF_LISTS: Record<string, keyof Belongings> = { id: "list_id", after: "other_list_id", before: "other_list_id" };

/** `undefined` if that place of a request holds no id. */
export function ownIn(operation: Operation, way: string[], own: Belongings): string | undefined {
  const isOfList =
    operation.path.includes("/lists") || way.includes("lists") || way.at(-2) === "list" || opAt(operation, way).endsWith("_list");
  if (operation.path === "/api/me" && way.at(-1) === "id") return own.own_id;
  const names = isOfList ? OF_LISTS : OF_TASKS;
  const named = names[way.at(-1) ?? ""];
  return named && own[named];
}

/** Of the operation of a batch that the place is in; else empty. */
function opAt({ body }: Operation, [part, index]: string[]): string {
  const { operations } = (body?.example ?? {}) as { operations?: { op: string }[] };
  return (part === "operations" && operations?.[Number(index)]?.op) || "";
}

/** New data, so that earlier operations do not interfere. */
export async function newBelongings(server: DoableServer, token: string, operationId = ""): Promise<Belongings> {
  const repeating = { due: { date: "2026-12-01" }, recurrence: { rrule: "FREQ=WEEKLY;BYDAY=TU", anchor: "due" }, labels: ["home"] };
  const task = await newTask(server, token, repeating);
  const other = await newTask(server, token);
  const [list_id, other_list_id] = [await newList(server, token), await newList(server, token)];
  const own_id = (await (await call(server, "/api/me", { token })).json()).id;
  const own = { user_id: "me", own_id, task_id: task.id, other_task_id: other.id, list_id, other_list_id };
  await PREPARE[operationId]?.(server, token, own);
  return own;
}

export async function newList(server: DoableServer, token: string, name = "Home"): Promise<string> {
  return (await (await call(server, "/api/me/lists", { token, json: { name } })).json()).id;
}

type Prepare = (server: DoableServer, token: string, own: Belongings) => Promise<unknown>;

const PREPARE: Record<string, Prepare> = {
  putTaskByExternalId: (server, token, { task_id }) =>
    call(server, `/api/me/tasks/${task_id}`, { method: "PATCH", token, json: { external_id: "rent-2026-12" } }),
  restoreTask: (server, token, { task_id }) => call(server, `/api/me/tasks/${task_id}`, { method: "DELETE", token }),
};

export function exampleOf(operation: Operation, own: Belongings): DescribedRequest {
  const { parameters, body } = operation;
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const required = parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  return {
    path: Object.fromEntries(inPath.map(({ name, example }) => [name, own[name as keyof Belongings] ?? String(example)])),
    query: Object.fromEntries(required.map(({ name, example }) => [name, example])),
    headers: {},
    body: withIds(body?.example, [], (way) => ownIn(operation, way, own)),
  };
}

function withIds(value: unknown, way: string[], idAt: (way: string[]) => string | undefined): unknown {
  // A reference to another operation of a batch stays as it is.
  if (typeof value === "string") return value.startsWith("#") ? value : (idAt(way) ?? value);
  if (Array.isArray(value)) return value.map((part) => withIds(part, way, idAt));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withIds(part, [...way, key], idAt)]));
}

export function sendRequest(
  server: DoableServer,
  operation: Operation,
  { path, query, headers, body }: DescribedRequest,
  { token, ...change }: Call,
): Promise<Response> {
  const hasBody = body !== undefined && operation.body !== undefined;
  return call(server, addressOf(operation, path, query), {
    method: operation.method,
    ...(token !== undefined && isBearer(operation) && { token }),
    ...(hasBody && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    ...change,
    headers: { ...(hasBody && { "Content-Type": operation.body?.type ?? "" }), ...headers, ...change.headers },
  });
}

function addressOf(operation: Operation, path: DescribedRequest["path"], query: DescribedRequest["query"]): string {
  const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
  return pairs.length > 0 ? `${filled}?${new URLSearchParams(pairs)}` : filled;
}
