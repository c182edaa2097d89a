import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { auth, handleAuthRequest } from "#app/auth/auth.server.ts";
import { accountKey, browserKey } from "#app/auth/known-browser.server.ts";
import { takePasswordTry } from "#app/auth/password-tries.server.ts";
import { db } from "#app/db/database.server.ts";

const PASSWORD = "correct horse";

interface Account {
  email: string;
  /** Of the session and the known browser. */
  cookie: string;
}

/** From another address each time, so that only the limit for each account applies. */
function post(
  path: string,
  body: object,
  cookie = "",
  address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`,
): Promise<Response> {
  const headers = { "Content-Type": "application/json", Origin: "http://localhost:3000", "X-Client-IP": address, Cookie: cookie };
  const request = new Request(`http://localhost:3000/api/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return handleAuthRequest(request);
}

function signIn(email: string, password: string, cookie?: string): Promise<Response> {
  return post("/sign-in/email", { email, password }, cookie);
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
}

function knownBrowserOf({ cookie }: Account): string {
  return cookie.split("; ").find((pair) => pair.startsWith("doable.known_browser=")) ?? "";
}

function newEmail(): string {
  return `${crypto.randomUUID()}@example.com`;
}

async function signUp(): Promise<Account> {
  const email = newEmail();
  const response = await post("/sign-up/email", { name: "Ann", email, password: PASSWORD });
  return { email, cookie: cookiesOf(response) };
}

/** Without verifying passwords, which would take a tenth of a second each. */
async function takeTries(key: string, tries: number): Promise<void> {
  for (let time = 0; time < tries; time++) expect(await takePasswordTry(key)).toBe(0);
}

test("after ten wrong passwords for an address the right one is refused too, whether or not an account has the address", async () => {
  const { email: taken } = await signUp();
  const refusals: unknown[] = [];
  for (const email of [taken, newEmail()]) {
    await takeTries(accountKey(email), 9);
    expect((await signIn(email.toUpperCase(), "wrong")).status).toBe(401);
    const refused = await signIn(email, PASSWORD);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(50);
    expect(Number(refused.headers.get("Retry-After"))).toBeLessThanOrEqual(60);
    const body = JSON.stringify(await refused.json()).replaceAll(/\d+ seconds/g, "N seconds");
    refusals.push([refused.status, body, [...refused.headers.keys()]]);
  }
  expect(refusals[0]).toEqual(refusals[1]);
  expect(refusals[0]).toEqual([429, expect.stringContaining("TOO_MANY_PASSWORD_TRIES"), expect.arrayContaining(["x-retry-after"])]);
});

test("concurrent wrong passwords don't exceed the limit", async () => {
  const email = newEmail();
  const responses = await Promise.all(Array.from({ length: 25 }, () => signIn(email, "wrong")));
  const statuses = responses.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  expect(statuses.filter((status) => status === 429)).toHaveLength(15);
});

test("a browser that has signed in to the account is not locked out by the tries of others", async () => {
  const [owner, other] = [await signUp(), await signUp()];
  await takeTries(accountKey(owner.email), 10);
  expect((await signIn(owner.email, PASSWORD)).status).toBe(429);
  expect((await signIn(owner.email, PASSWORD, knownBrowserOf(other))).status).toBe(429);
  expect((await signIn(owner.email, PASSWORD, knownBrowserOf(owner))).status).toBe(200);
  // A right password there does not free the tries of others.
  expect((await signIn(owner.email, PASSWORD)).status).toBe(429);
});

test("a browser that has signed in to the account has ten tries of its own", async () => {
  const owner = await signUp();
  const [, cookie] = knownBrowserOf(owner).split("=");
  await takeTries(browserKey(accountKey(owner.email), cookie) ?? "", 9);
  expect((await signIn(owner.email, "wrong", knownBrowserOf(owner))).status).toBe(401);
  const refused = await signIn(owner.email, PASSWORD, knownBrowserOf(owner));
  expect([refused.status, await refused.json()]).toEqual([
    429,
    expect.objectContaining({ message: expect.stringMatching(/Try again in \d+ seconds\.$/) }),
  ]);
  expect((await signIn(owner.email, PASSWORD)).status).toBe(200);
});

test("a right password resets the count", async () => {
  const { email } = await signUp();
  await takeTries(accountKey(email), 9);
  expect((await signIn(email, PASSWORD)).status).toBe(200);
  await takeTries(accountKey(email), 10);
});

test("a try that a fault of the database leaves unanswered does not count", async () => {
  const { email } = await signUp();
  await takeTries(accountKey(email), 9);
  await sql`alter table account rename to account_away`.execute(db);
  await expect(signIn(email, PASSWORD)).rejects.toMatchObject({ code: "42P01" });
  await sql`alter table account_away rename to account`.execute(db);
  expect((await signIn(email, "wrong")).status).toBe(401);
  expect((await signIn(email, PASSWORD)).status).toBe(429);
});

test("the passwords that settings ask for share the count of signing in", async () => {
  const owner = await signUp();
  const session = owner.cookie.replace(knownBrowserOf(owner), "");
  const change = (cookie: string, currentPassword = "wrong") =>
    post("/change-password", { currentPassword, newPassword: "battery staple" }, cookie);
  await takeTries(accountKey(owner.email), 9);
  expect((await change(session)).status).toBe(400);
  expect((await change(session, PASSWORD)).status).toBe(429);
  const verify = (cookie: string) => auth().api.verifyPassword({ body: { password: PASSWORD }, headers: new Headers({ Cookie: cookie }) });
  await expect(verify(session)).rejects.toMatchObject({ statusCode: 429 });
  expect((await signIn(owner.email, PASSWORD)).status).toBe(429);
  expect(await verify(owner.cookie)).toEqual({ status: true });
  expect((await change(owner.cookie, PASSWORD)).status).toBe(200);
});

test("the address that was typed is not stored", async () => {
  const typed = `my password ${crypto.randomUUID()}`;
  await signIn(typed, "wrong");
  const { rows } = await sql<{ key: string }>`select key from password_try`.execute(db);
  expect(rows.map(({ key }) => key)).toContain(accountKey(typed));
  for (const { key } of rows) expect(key).toMatch(/^[\w-]{22}$/);
});

test("the cookie of a known browser is not readable by scripts, and lasts", async () => {
  const response = await post("/sign-up/email", { name: "Ann", email: newEmail(), password: PASSWORD });
  const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith("doable.known_browser=")) ?? "";
  expect(line.split("; ").slice(1).toSorted()).toEqual(["HttpOnly", "Max-Age=34560000", "Path=/", "SameSite=Lax"]);
});

test("a new password is refused by the endpoints too when it is common, short or one character repeated", async () => {
  const { cookie, email } = await signUp();
  for (const password of ["password123", "ninechars", "aaaaaaaaaa"]) {
    const signedUp = await post("/sign-up/email", { name: "Ann", email: newEmail(), password });
    expect([signedUp.status, await signedUp.json()]).toEqual([400, expect.objectContaining({ code: "VALIDATION_ERROR" })]);
    expect((await post("/change-password", { currentPassword: PASSWORD, newPassword: password }, cookie)).status).toBe(400);
  }
  expect((await signIn(email, PASSWORD)).status).toBe(200);
});

test("an older password that would be refused now still signs in", async () => {
  const { email, cookie } = await signUp();
  const { password } = await auth().$context;
  const hash = await password.hash("12345678");
  await sql`update account set password = ${hash} where user_id = (select id from "user" where email = ${email})`.execute(db);
  expect((await signIn(email, "12345678")).status).toBe(200);
  const change = { currentPassword: "12345678", newPassword: "battery staple" };
  expect((await post("/change-password", change, cookie)).status).toBe(200);
});

test("signing out empties the browser's cache", async () => {
  const { cookie } = await signUp();
  expect((await post("/sign-out", {}, cookie)).headers.get("Clear-Site-Data")).toBe('"cache"');
});

test("IPv6 addresses of one /56 network share the limit of an address", async () => {
  const prefix = `2001:db8:${randomInt(0x1_0000).toString(16)}`;
  const statuses: number[] = [];
  for (const rest of ["4200::1", "4201:5::2", "42ff:ffff::3", "42aa::", "4300::1", "41ff::1"])
    statuses.push((await post("/sign-in/email", { email: newEmail(), password: "wrong" }, "", `${prefix}:${rest}`)).status);
  expect(statuses).toEqual([401, 401, 401, 429, 401, 401]);
});
