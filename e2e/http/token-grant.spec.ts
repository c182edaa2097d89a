import { call, makeAccessKey, newPerson, newTask, problemOf } from "../support/api.ts";
import type { DoableServer } from "../support/server.ts";
import { anyAddress, expect, test } from "../support/test.ts";

function grant(server: DoableServer, fields: Record<string, string> | URLSearchParams, headers: Record<string, string> = {}) {
  return call(server, "/api/token", { body: new URLSearchParams(fields), headers: { "X-Forwarded-For": anyAddress(), ...headers } });
}

function basic(id: string, secret: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
}

async function expectTokenError(answer: Response, status: number, error: string): Promise<void> {
  expect([answer.status, answer.headers.get("Content-Type"), answer.headers.get("Cache-Control")]).toEqual([
    status,
    "application/json",
    "no-store",
  ]);
  expect(await answer.json()).toEqual({ error, error_description: expect.stringMatching(/./) });
  expect(answer.headers.get("WWW-Authenticate")).toBe(status === 401 ? 'Basic realm="doable"' : null);
}

const CREDENTIALS = { grant_type: "client_credentials" };

test("an access key is the client secret of a client credentials grant, in the form or as Basic credentials", async ({ server }) => {
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Client", ["tasks:write"]);
  for (const answer of [
    await grant(server, { ...CREDENTIALS, client_id: "anything", client_secret: key }),
    await grant(server, { ...CREDENTIALS, client_secret: key, audience: "ignored" }),
    await grant(server, CREDENTIALS, basic("anything", encodeURIComponent(key))),
    await grant(server, CREDENTIALS, basic("", key)),
    await grant(server, CREDENTIALS, { "X-API-Key": key }),
  ]) {
    expect(answer.status).toBe(200);
    expect([answer.headers.get("Cache-Control"), answer.headers.get("Pragma")]).toEqual(["no-store", "no-cache"]);
    const { access_token, ...rest } = await answer.json();
    expect(rest).toEqual({ token_type: "Bearer", expires_in: 900, scope: "tasks:write" });
    expect(await newTask(server, access_token)).toMatchObject({ version: 1 });
  }
});

test("a scope narrows the token, and one that the key does not have is refused", async ({ server }) => {
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Client", ["tasks:write"]);
  const narrow = await (await grant(server, { ...CREDENTIALS, client_secret: key, scope: "tasks:read tasks:create" })).json();
  expect(narrow.scope).toBe("tasks:read tasks:create");
  expect((await call(server, "/api/me/tasks", { token: narrow.access_token })).status).toBe(200);
  await problemOf(await call(server, "/api/me/trash", { method: "DELETE", token: narrow.access_token }), 403, "insufficient_scope");
  const reading = await makeAccessKey(server, person, "Reads", ["tasks:read"]);
  for (const scope of ["tasks:write", "tasks:read tasks:create", "openid", "tasks:read  tasks:read"])
    await expectTokenError(await grant(server, { ...CREDENTIALS, client_secret: reading, scope }), 400, "invalid_scope");
});

test("a grant that is refused gets the error of RFC 6749", async ({ server }) => {
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Client", ["tasks:read"]);
  const twice = new URLSearchParams({ ...CREDENTIALS, client_secret: key });
  twice.append("client_secret", key);
  const many = new URLSearchParams(Array.from({ length: 21 }, (_, index) => [`a${index}`, ""]));
  for (const [answer, status, error] of [
    [await grant(server, { ...CREDENTIALS, client_secret: "doable_none" }), 401, "invalid_client"],
    [await grant(server, CREDENTIALS), 401, "invalid_client"],
    [await grant(server, CREDENTIALS, basic("x", "doable_none")), 401, "invalid_client"],
    [await grant(server, { grant_type: "password", client_secret: key }), 400, "unsupported_grant_type"],
    [await grant(server, { client_secret: key }), 400, "invalid_request"],
    [await grant(server, {}, basic("x", key)), 400, "invalid_request"],
    [await grant(server, { ...CREDENTIALS, client_secret: key }, basic("x", key)), 400, "invalid_request"],
    [await grant(server, { ...CREDENTIALS, client_secret: key }, { "X-API-Key": key }), 400, "invalid_request"],
    [await grant(server, twice), 400, "invalid_request"],
    [await grant(server, many, { "X-API-Key": key }), 400, "invalid_request"],
  ] as const)
    await expectTokenError(answer, status, error);
});

test("a key in X-API-Key needs no form, and an empty one changes nothing", async ({ server }) => {
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Script", ["tasks:read"]);
  expect((await grant(server, {}, { "X-API-Key": key })).status).toBe(200);
  await problemOf(await grant(server, {}, { "X-API-Key": "doable_none" }), 401, "unauthorized");
  await problemOf(await grant(server, {}), 401, "unauthorized");
});

test("grants count against the limits of their key", async ({ server }) => {
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Busy", ["tasks:read"]);
  const first = await grant(server, { ...CREDENTIALS, client_secret: key });
  expect(first.headers.get("RateLimit-Policy")).toBe('"token-by-key";q=60;w=60');
  await Promise.all(Array.from({ length: 59 }, () => grant(server, { ...CREDENTIALS, client_secret: key })));
  await problemOf(await grant(server, CREDENTIALS, basic("", key)), 429, "rate_limited");
});
