import { readdirSync } from "node:fs";
import type { BenchRequest } from "./load.ts";

/** An account on Doable, with the credentials and ids that its requests carry. */
export interface BenchUser {
  id: string;
  cookie: string;
  token: string;
  /** Ids of up to 50 of its tasks. */
  tasks: string[];
  /** How far its change feed has been read. */
  position: string;
}

/** Signs up from a random address: sign-ups are limited by address. */
export async function signUp(origin: string, publicUrl: string, name: string): Promise<BenchUser> {
  const headers = { "Content-Type": "application/json", Origin: publicUrl, "X-Forwarded-For": randomAddress() };
  const body = JSON.stringify({ name, email: `${name}@example.com`, password: "correct horse battery", timezone: "UTC" });
  const response = await fetch(`${origin}/api/auth/sign-up/email`, { method: "POST", headers, body });
  if (!response.ok) throw new Error(`sign-up failed: ${response.status} ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
  return { id: (await response.json()).user.id, cookie: cookie.join("; "), token: "", tasks: [], position: "" };
}

/** Gets a new token, which is good for 15 minutes, and the ids of tasks. */
export async function refresh(origin: string, user: BenchUser): Promise<void> {
  const headers = { Cookie: user.cookie, "X-Forwarded-For": randomAddress() };
  user.token = (await (await fetch(`${origin}/api/auth/token`, { headers })).json()).token;
  user.tasks = (await getJson(origin, user, `${TASKS}?limit=50`)).items.map(({ id }: { id: string }) => id);
}

/** Reads the change feed to its end. */
export async function readChanges(origin: string, user: BenchUser): Promise<void> {
  for (let hasMore = true; hasMore; ) {
    const since = user.position && `&since=${user.position}`;
    const changes = await getJson(origin, user, `${CHANGES}?limit=200${since}`);
    user.position = changes.next;
    hasMore = changes.has_more;
  }
}

async function getJson(origin: string, { token }: BenchUser, path: string) {
  return (await fetch(origin + path, { headers: { Authorization: `Bearer ${token}` } })).json();
}

/** Creates 50 tasks that are due today. */
export async function createTasksOverApi(origin: string, user: BenchUser): Promise<void> {
  await refresh(origin, user);
  const due = { date: new Date().toISOString().slice(0, 10) };
  const operations = Array.from({ length: 50 }, (_, index) => ({ op: "create", task: { title: `Task ${index}`, due } }));
  const { method, path, headers, body = "" } = api(user, "POST", `${TASKS}/batch`, JSON.stringify({ atomic: true, operations }));
  const response = await fetch(origin + path, { method, headers, body });
  if (!response.ok) throw new Error(`creating tasks failed: ${response.status} ${await response.text()}`);
}

function randomAddress(): string {
  return Array.from({ length: 4 }, () => 1 + Math.floor(Math.random() * 250)).join(".");
}

const TASKS = "/api/me/tasks";
const CHANGES = "/api/me/changes";
const JSON_BODY = { "Content-Type": "application/json" };

/** The requests of one user, sent in turn, by the name of their row in the table. */
export const SCENARIOS = {
  "API list of 50": (user) => [api(user, "GET", TASKS)],
  "API get": (user) => user.tasks.map((id) => api(user, "GET", `${TASKS}/${id}`)),
  "/changes, nothing new": (user) => [api(user, "GET", `${CHANGES}?since=${user.position}`)],
  "API create": (user) => [api(user, "POST", TASKS, '{"title":"Buy milk [<id>]"}')],
  "API patch": (user) => user.tasks.map((id) => api(user, "PATCH", `${TASKS}/${id}`, '{"title":"Buy bread [<id>]"}')),
  "/today, 50 tasks": ({ cookie }) => [page("/today", cookie)],
  "/login": () => [page("/login")],
  "key set": () => [page("/.well-known/jwks.json")],
  "hashed asset": () => [page(`/assets/${readdirSync("build/client/assets").find((name) => /^entry\.client-.*\.js$/.test(name))}`)],
} satisfies Record<string, (user: BenchUser) => BenchRequest[]>;

export function search(user: BenchUser): BenchRequest[] {
  return [api(user, "GET", `${TASKS}?q=quokka`)];
}

function api({ token }: BenchUser, method: string, path: string, body?: string): BenchRequest {
  return { method, path, headers: { Authorization: `Bearer ${token}`, ...(body && JSON_BODY) }, ...(body && { body }) };
}

export function page(path: string, cookie?: string): BenchRequest {
  return { method: "GET", path, headers: { ...(cookie && { Cookie: cookie }) } };
}
