import { readdirSync } from "node:fs";
import type { Asked } from "./asking.ts";

/** Somebody with an account on Doable, and what they send along. */
export interface Person {
  id: string;
  cookie: string;
  token: string;
  /** Some of their tasks. */
  tasks: string[];
  /** Where their changes have been read to. */
  position: string;
}

/** Signs up at Doable, each from an address of their own, as the limits want it. */
export async function signUp(origin: string, publicUrl: string, name: string): Promise<Person> {
  const headers = { "Content-Type": "application/json", Origin: publicUrl, "X-Forwarded-For": anyAddress() };
  const body = JSON.stringify({ name, email: `${name}@example.com`, password: "correct horse battery", timezone: "UTC" });
  const answer = await fetch(`${origin}/api/auth/sign-up/email`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`nobody can sign up: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
  return { id: (await answer.json()).user.id, cookie: cookie.join("; "), token: "", tasks: [], position: "" };
}

/** A new token, which lasts fifteen minutes, and which tasks there are. */
export async function refresh(origin: string, person: Person): Promise<void> {
  const headers = { Cookie: person.cookie, "X-Forwarded-For": anyAddress() };
  person.token = (await (await fetch(`${origin}/api/auth/token`, { headers })).json()).token;
  person.tasks = (await answerTo(origin, person, `${TASKS}?limit=50`)).items.map(({ id }: { id: string }) => id);
}

/** Reads all that has changed. */
export async function catchUp(origin: string, person: Person): Promise<void> {
  for (let hasMore = true; hasMore; ) {
    const since = person.position && `&since=${person.position}`;
    const changes = await answerTo(origin, person, `${CHANGES}?limit=200${since}`);
    person.position = changes.next;
    hasMore = changes.has_more;
  }
}

async function answerTo(origin: string, { token }: Person, path: string) {
  return (await fetch(origin + path, { headers: { Authorization: `Bearer ${token}` } })).json();
}

/** Fifty that are due today. */
export async function giveTasksOverApi(origin: string, person: Person): Promise<void> {
  await refresh(origin, person);
  const due = { date: new Date().toISOString().slice(0, 10) };
  const operations = Array.from({ length: 50 }, (_, index) => ({ op: "create", task: { title: `Task ${index}`, due } }));
  const { method, path, headers, body = "" } = api(person, "POST", `${TASKS}/batch`, JSON.stringify({ atomic: true, operations }));
  const answer = await fetch(origin + path, { method, headers, body });
  if (!answer.ok) throw new Error(`no tasks can be made: ${answer.status} ${await answer.text()}`);
}

function anyAddress(): string {
  return Array.from({ length: 4 }, () => 1 + Math.floor(Math.random() * 250)).join(".");
}

const TASKS = "/api/me/tasks";
const CHANGES = "/api/me/changes";
const JSON_BODY = { "Content-Type": "application/json" };

/** What is asked, by its name in the table. */
export const QUESTIONS = {
  "API list of 50": (person) => [api(person, "GET", TASKS)],
  "API get": (person) => person.tasks.map((id) => api(person, "GET", `${TASKS}/${id}`)),
  "/changes, nothing new": (person) => [api(person, "GET", `${CHANGES}?since=${person.position}`)],
  "API create": (person) => [api(person, "POST", TASKS, '{"title":"Buy milk [<id>]"}')],
  "API patch": (person) => person.tasks.map((id) => api(person, "PATCH", `${TASKS}/${id}`, '{"title":"Buy bread [<id>]"}')),
  "/today, 50 tasks": ({ cookie }) => [page("/today", cookie)],
  "/login": () => [page("/login")],
  "key set": () => [page("/.well-known/jwks.json")],
  "hashed asset": () => [page(`/assets/${readdirSync("build/client/assets").find((name) => /^entry\.client-.*\.js$/.test(name))}`)],
} satisfies Record<string, (person: Person) => Asked[]>;

export function search(person: Person): Asked[] {
  return [api(person, "GET", `${TASKS}?q=quokka`)];
}

function api({ token }: Person, method: string, path: string, body?: string): Asked {
  return { method, path, headers: { Authorization: `Bearer ${token}`, ...(body && JSON_BODY) }, ...(body && { body }) };
}

export function page(path: string, cookie?: string): Asked {
  return { method: "GET", path, headers: { ...(cookie && { Cookie: cookie }) } };
}
