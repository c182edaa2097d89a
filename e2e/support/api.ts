import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { type Account, newAccount, nextPerson } from "./people.ts";
import type { DoableServer } from "./server.ts";
import { anyAddress } from "./test.ts";

// A client of the API over plain HTTP. Every response is the platform's own Response.

/** A user whose requests come from an address of their own. */
export interface Person {
  id: string;
  account: Account;
  address: string;
  cookie: string;
  /** From the session, with every scope. */
  token: string;
}

export interface Call {
  method?: string;
  token?: string;
  json?: unknown;
  /** Sent unchanged. */
  body?: string | Buffer<ArrayBuffer> | URLSearchParams | FormData;
  headers?: Record<string, string>;
}

export function call(server: DoableServer, path: string, { method, token, json, body, headers }: Call = {}): Promise<Response> {
  return fetch(server.url + path, {
    method: method ?? (json === undefined && body === undefined ? "GET" : "POST"),
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(json !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    },
    redirect: "manual",
    body: json === undefined ? (body ?? null) : JSON.stringify(json),
  });
}

/** A user of the template. The token comes from the real endpoint. */
export async function newPerson(server: DoableServer): Promise<Person> {
  const { id, account, session } = await nextPerson(server);
  const address = anyAddress();
  const cookie = `${session.name}=${session.value}`;
  return { id, account, address, cookie, token: await tokenOf(server, cookie, address) };
}

export async function signUp(server: DoableServer, account = newAccount()): Promise<Person> {
  const address = anyAddress();
  const headers = { Origin: server.env.BETTER_AUTH_URL ?? "", "X-Forwarded-For": address };
  const signedUp = await call(server, "/api/auth/sign-up/email", { json: account, headers });
  expect(signedUp.status).toBe(200);
  const cookie = cookieOf(signedUp);
  return { id: (await signedUp.json()).user.id, account, address, cookie, token: await tokenOf(server, cookie, address) };
}

async function tokenOf(server: DoableServer, cookie: string, address: string): Promise<string> {
  const answer = await call(server, "/api/auth/token", { headers: { "X-Forwarded-For": address, Cookie: cookie } });
  expect(answer.status).toBe(200);
  return (await answer.json()).token;
}

export function cookieOf(answer: Response): string {
  const pairs = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
  return pairs.join("; ");
}

export function submit(server: DoableServer, path: string, fields: [string, string][], headers: Record<string, string>): Promise<Response> {
  const origin = server.env.BETTER_AUTH_URL ?? "";
  return call(server, path, { body: new URLSearchParams(fields), headers: { Origin: origin, ...headers } });
}

/** As many wrong passwords as an account takes in 15 minutes, each from another address. */
export async function guessPasswords(server: DoableServer, email: string): Promise<void> {
  const guess = () => {
    const headers = { Origin: server.env.BETTER_AUTH_URL ?? "", "X-Forwarded-For": anyAddress() };
    return call(server, "/api/auth/sign-in/email", { json: { email, password: "not the password" }, headers });
  };
  const statuses = (await Promise.all(Array.from({ length: 10 }, guess))).map(({ status }) => status);
  expect(statuses).toEqual(Array(10).fill(401));
}

/** The page that creates the key is the only one that shows it. */
export async function makeAccessKey(server: DoableServer, { cookie, address }: Person, name: string, scopes: string[]): Promise<string> {
  const fields: [string, string][] = [
    ["intent", "create"],
    ["name", name],
    ["days", "7"],
  ];
  const chosen = scopes.map((scope): [string, string] => ["scopes", scope]);
  const headers = { Cookie: cookie, "X-Forwarded-For": address };
  const answer = await submit(server, "/settings/access-keys", [...fields, ...chosen], headers);
  expect(answer.status).toBe(201);
  const key = /value="(doable_[^"]+)"/.exec(await answer.text())?.[1];
  expect(key).toBeDefined();
  return key ?? "";
}

/** From the form that revokes it. The user must have exactly one key. */
export async function accessKeyId(server: DoableServer, { cookie }: Pick<Person, "cookie">): Promise<string> {
  const page = await (await call(server, "/settings/access-keys", { headers: { Cookie: cookie } })).text();
  const id = /name="id" value="([^"]+)"\/><button[^>]* value="revoke"/.exec(page)?.[1];
  expect(id).toBeDefined();
  return id ?? "";
}

export function exchangeKey(server: DoableServer, key: string, address = anyAddress()): Promise<Response> {
  return call(server, "/api/token", { method: "POST", headers: { "X-API-Key": key, "X-Forwarded-For": address } });
}

export async function tokenFor(server: DoableServer, key: string): Promise<string> {
  const answer = await exchangeKey(server, key);
  expect(answer.status).toBe(200);
  return (await answer.json()).access_token;
}

export async function newTask(server: DoableServer, token: string, fields: Record<string, unknown> = {}) {
  const answer = await call(server, "/api/me/tasks", { token, json: { title: `Task ${randomUUID()}`, ...fields } });
  expect(answer.status).toBe(201);
  return answer.json();
}

export function wholeTask(title: string) {
  const empty = { list_id: null, parent_id: null, due: null, start_date: null, recurrence: null, external_id: null };
  return { title, notes: "", status: "open", priority: 0, labels: [], ...empty };
}

interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: { pointer: string; message: string }[];
  current?: unknown;
  request_id: string;
}

/** The header that a response of that status must have (RFC 9110, section 15.5; RFC 6585, section 4). */
const TELLING: Record<number, string> = { 401: "WWW-Authenticate", 405: "Allow", 429: "Retry-After", 503: "Retry-After" };

/** Also checks what all error responses have in common. */
export async function problemOf(answer: Response, status: number, code: string): Promise<Problem> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
  const problem: Problem = await answer.json();
  expect(problem).toMatchObject({ type: expect.stringMatching(/./), title: expect.stringMatching(/./), status, code });
  expect(problem.request_id).toMatch(/^[\w.-]{1,64}$/);
  expect(answer.headers.get("X-Request-Id")).toBe(problem.request_id);
  const telling = TELLING[status];
  if (telling) expect(answer.headers.get(telling)).toMatch(/./);
  return problem;
}

export function pointersOf({ errors = [] }: Problem): string[] {
  return errors.map(({ pointer }) => pointer).sort();
}
