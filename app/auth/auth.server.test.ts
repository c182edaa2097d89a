import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { auth } from "#app/auth/auth.server.ts";
import { db } from "#app/db/database.server.ts";
import { signUpTestUser } from "#app/testing/users.ts";

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
  const request = new Request(`http://localhost:3000/api/auth${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: "http://localhost:3000", "X-Client-IP": address, ...headers },
    body: JSON.stringify(body),
  });
  return auth().handler(request);
}

function signUp(fields: Record<string, unknown>, headers?: Record<string, string>): Promise<Response> {
  return post(
    "/sign-up/email",
    { name: "Ann", email: `${crypto.randomUUID()}@example.com`, password: "correct horse", ...fields },
    headers,
  );
}

test("the time zone of a sign-up without one is UTC", async () => {
  const { user } = (await (await signUp({})).json()) as { user: { id: string } };
  expect(await db.selectFrom("user").select("timezone").where("id", "=", user.id).execute()).toEqual([{ timezone: "UTC" }]);
});

test("a sign-up over the API is validated like the form", async () => {
  const wrong = [
    ...["Mars/Olympus", "", "UTC\0", 5, null].map((timezone) => ({ timezone })),
    ...["", " ", "a\0b", "a\nb", "x".repeat(101), 5].map((name) => ({ name })),
    { image: "\0" },
    { password: "short" },
  ];
  const tooLong = `${"x".repeat(250)}@example.com`;
  expect((await signUp({ email: tooLong })).status).toBe(400);
  for (const fields of wrong) {
    const email = `${crypto.randomUUID()}@example.com`;
    expect((await signUp({ email, ...fields })).status, JSON.stringify(fields)).toBe(400);
    expect(await db.selectFrom("user").select("id").where("email", "=", email).execute()).toEqual([]);
  }
});

test("a sign-up cannot set the role or the ban", async () => {
  for (const fields of [{ role: "admin" }, { banned: true }]) {
    const email = `${crypto.randomUUID()}@example.com`;
    await signUp({ email, ...fields });
    const { rows } = await sql`select role, banned from "user" where email = ${email}`.execute(db);
    expect([[], [{ role: "user", banned: false }]]).toContainEqual(rows);
  }
});

test("the image of a sign-up is an https address of at most 2,000 characters", async () => {
  const https = "https://images.example/ann.png";
  for (const image of ["http://images.example/ann.png", "javascript:alert(1)", "data:image/png;base64,AA", "ann.png", "", 5, {}]) {
    expect((await signUp({ image })).status, JSON.stringify(image)).toBe(400);
  }
  expect((await signUp({ image: https.padEnd(2001, "x") })).status).toBe(400);
  for (const image of [https, https.padEnd(2000, "x")]) expect((await signUp({ image })).status).toBe(200);
});

test("U+0000 in any field is a 400", async () => {
  const { cookie } = await signUpTestUser();
  expect((await post("/reset-password", { newPassword: "correct horse", token: "\0" })).status).toBe(400);
  expect((await post("/revoke-session", { token: "\0" }, { Cookie: cookie })).status).toBe(400);
  expect((await post("/sign-in/email", { email: "ann@example.com", password: "a\0b" })).status).toBe(400);
});

test("a session older than a ban is rejected by every endpoint until the ban ends", async () => {
  const { user, cookie } = await signUpTestUser();
  const get = (path: string) => auth().handler(new Request(`http://localhost:3000/api/auth${path}`, { headers: { Cookie: cookie } }));
  const ban = (banExpires: Date | null) => db.updateTable("user").set({ banned: true, banExpires }).where("id", "=", user.id).execute();
  expect((await get("/token")).status).toBe(200);
  await ban(null);
  for (const path of ["/token", "/list-sessions"]) expect((await get(path)).status, path).toBe(401);
  expect(await (await get("/get-session")).json()).toBeNull();
  for (const [path, body] of [
    ["/update-user", { name: "Still here" }],
    ["/change-password", { currentPassword: "correct horse", newPassword: "battery staple" }],
    ["/revoke-sessions", {}],
  ] as const)
    expect((await post(path, body, { Cookie: cookie })).status, path).toBe(401);
  await ban(new Date(Date.now() - 1));
  expect((await get("/token")).status).toBe(200);
  expect((await (await get("/get-session")).json()).user.name).toBe(user.name);
});

test("a banned user's browser may sign out, or sign up another user", async () => {
  const { user, cookie } = await signUpTestUser();
  await db.updateTable("user").set({ banned: true }).where("id", "=", user.id).execute();
  expect((await signUp({}, { Cookie: cookie })).status).toBe(200);
  expect((await post("/sign-out", {}, { Cookie: cookie })).status).toBe(200);
  expect(await sql`select 1 from session where user_id = ${user.id}`.execute(db)).toMatchObject({ rows: [] });
});

test("malformed input of any type is never a 5xx", async () => {
  for (const email of [{ toString: 1 }, [], null, 5, true, { a: 1 }]) {
    expect((await post("/sign-in/email", { email, password: "correct horse" })).status, JSON.stringify(email)).toBe(400);
  }
  const nested = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`);
  expect((await post("/sign-out", { a: nested })).status).toBeLessThan(500);
  expect((await post("/reset-password?token=%00", { newPassword: "correct horse" })).status).toBe(400);
});

test("a cross-origin post with a user's cookies is rejected", async () => {
  const { cookie } = await signUpTestUser();
  expect((await post("/update-user", { name: "Mallory" }, { Cookie: cookie, Origin: "http://evil.example" })).status).toBe(403);
});

test("sign-in attempts are limited per address, with counts in the database", async () => {
  const address = { "X-Client-IP": "192.0.2.77" };
  const statuses: number[] = [];
  for (let tries = 0; tries < 4; tries++) {
    statuses.push((await post("/sign-in/email", { email: "nobody@example.com", password: "wrong" }, address)).status);
  }
  expect(statuses).toEqual([401, 401, 401, 429]);
  const { rows } = await sql`select count from rate_limit where key like '%192.0.2.77%'`.execute(db);
  expect(rows).toEqual([{ count: 3 }]);
  expect((await post("/sign-in/email", { email: "nobody@example.com", password: "wrong" })).status).toBe(401);
});
