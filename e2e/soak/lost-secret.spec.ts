import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { call, makeAccessKey, newPerson, newTask, problemOf, submit, tokenFor } from "../support/api.ts";
import { emptyData } from "../support/data.ts";
import { refusalOf } from "../support/refusal.ts";
import { launch, run, startServer } from "../support/server.ts";
import { anyAddress, expect, test } from "../support/test.ts";

// A process starts and stops several times in one test.
test.describe.configure({ timeout: 120_000 });

const ROTATE = "app/cli/rotate-keys.ts";

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

const WAYS_OUT = 'Bring the old secret back, or run "npm run keys:rotate -- --new-secret", which ends every session';

test("with another secret nothing starts but a rotation that accepts it, and then what the old one signed is lost", async () => {
  await using first = await startServer();
  const person = await newPerson(first);
  const [, , key] = [
    await newTask(first, person.token),
    await newTask(first, person.token),
    await makeAccessKey(first, person, "Sync", ["tasks:read"]),
  ];
  const { next } = await (await call(first, "/api/me/changes", { token: person.token })).json();
  const { next_cursor } = await (await call(first, "/api/me/tasks?limit=1", { token: person.token })).json();
  await first.stop();
  const env = { ...first.env, BETTER_AUTH_SECRET: newSecret() };
  for (const program of [undefined, ROTATE, "app/cli/reset-password.ts"])
    expect(await refusalOf(env, program)).toBe(
      `Doable can't start: BETTER_AUTH_SECRET is not the secret that this database was used with: the signing keys can't be decrypted. ${WAYS_OUT}`,
    );

  // The refusals have changed nothing.
  const again = await first.restart();
  expect((await call(again, "/today", { headers: { Cookie: person.cookie } })).status).toBe(200);
  await again.stop();
  const rotation = await run(ROTATE, { ...env, LOG_LEVEL: "error" }, ["--new-secret"]);
  expect(rotation).toEqual({
    code: 0,
    output: [expect.stringMatching(/^New tokens are signed with /), expect.stringMatching(/^With the old secret every session is lost/)],
  });

  const server = await again.restart({ BETTER_AUTH_SECRET: env.BETTER_AUTH_SECRET });
  const headers = { Cookie: person.cookie };
  expect((await call(server, "/today", { headers })).status).toBe(302);
  expect(await (await call(server, "/api/auth/get-session", { headers })).json()).toBeNull();
  await problemOf(await call(server, `/api/me/changes?since=${next}`, { token: person.token }), 410, "resync_required");
  await problemOf(await call(server, `/api/me/tasks?limit=1&cursor=${next_cursor}`, { token: person.token }), 400, "malformed_request");
  expect((await call(server, "/api/me", { token: await tokenFor(server, key) })).status).toBe(200);
  const { email, password } = person.account;
  const signedIn = await submit(server, "/login", Object.entries({ email, password }), { "X-Forwarded-For": anyAddress() });
  expect(signedIn.status).toBe(302);
  await server.stop();
  expect(await refusalOf(first.env)).toContain("the signing keys can't be decrypted");
});

test("a rotation with --new-secret is an ordinary one while the keys can be read, and unknown options are refused", async () => {
  await using server = await startServer();
  await server.stop();
  expect(await run(ROTATE, { ...server.env, LOG_LEVEL: "error" }, ["--new-secret"])).toEqual({
    code: 0,
    output: [expect.stringMatching(/^New tokens are signed with /)],
  });
  for (const option of ["--newsecret", "new-secret"]) {
    const { code, output } = await run(ROTATE, server.env, [option]);
    expect(code).toBe(1);
    expect(output).toEqual([expect.stringContaining(option)]);
    expect(output[0]).not.toContain("    at ");
  }
});

test("a missing or empty secret beside existing data is not replaced", async () => {
  test.skip(process.env.TEST_DATABASE_URL !== undefined, "on a Postgres, BETTER_AUTH_SECRET is required");
  await using first = await startServer();
  const { cookie } = await newPerson(first);
  await first.stop();
  const file = join(first.env.DATA_DIR ?? "", "secret");
  const old = await readFile(file, "utf8");
  await rm(file);
  const refusal = `Doable can't start: this database was used with a secret that is gone from ${file}. ${WAYS_OUT}`;
  expect(await refusalOf(first.env)).toBe(refusal);
  expect(existsSync(file)).toBe(false);
  await writeFile(file, "");
  expect(await refusalOf(first.env)).toBe(refusal);
  expect(await readFile(file, "utf8")).toBe("");
  await writeFile(file, old);
  const again = await first.restart();
  await again.stop();

  await rm(file);
  expect(await run(ROTATE, first.env, ["--new-secret"])).toMatchObject({ code: 0 });
  expect(await readFile(file, "utf8")).not.toBe(old);
  const last = await again.restart();
  expect((await call(last, "/today", { headers: { Cookie: cookie } })).status).toBe(302);
});

test("of processes with different secrets that start on an empty database at once, one starts", async () => {
  test.skip(!process.env.TEST_DATABASE_URL, "only one process can open the embedded database");
  const data = await emptyData();
  const shared = { ...data, remove: async () => undefined };
  const starts = await Promise.allSettled([0, 1, 2].map(() => launch(shared, { BETTER_AUTH_SECRET: newSecret() })));
  try {
    expect(starts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    for (const start of starts) if (start.status === "rejected") expect(start.reason.message).toContain("Bring the old secret back");
  } finally {
    for (const start of starts) if (start.status === "fulfilled") await start.value.dispose();
    await data.remove();
  }
});
