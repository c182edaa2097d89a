import { exportSPKI, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { Client } from "pg";
import { call, newPerson, type Person, problemOf } from "../support/api.ts";
import { type Issuer, type Signer, sign, startIssuer } from "../support/issuer.ts";
import { type DoableServer, startServer } from "../support/server.ts";
import { test as base, expect } from "../support/test.ts";

/** The server trusts the keys of an issuer that the test controls. */
interface Fixtures {
  issuer: Issuer;
  signer: Signer;
  person: Person;
}

const test = base.extend<object, Fixtures>({
  issuer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern.
    async ({}, use) => {
      const issuer = await startIssuer();
      await use(issuer);
      await issuer.close();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ issuer }, use) => {
      const server = await startServer({ BETTER_AUTH_JWKS_URL: issuer.url, JWT_AUDIENCE: "doable-scripts" });
      await use(server);
      await server.dispose();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  signer: [async ({ issuer }, use) => use(await issuer.addKey("EdDSA")), { scope: "worker" }],
  person: [async ({ server }, use) => use(await newPerson(server)), { scope: "worker" }],
});

test.describe.configure({ mode: "default" });

function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** A valid token's claims; `undefined` leaves a claim out. */
function claimsFor(server: DoableServer, { id }: Pick<Person, "id">, change: Partial<Record<keyof JWTPayload, unknown>> = {}): JWTPayload {
  const right = { iss: server.env.BETTER_AUTH_URL, aud: "doable-scripts", sub: id, iat: now(), exp: now() + 900, scope: "tasks:read" };
  return { ...right, ...change } as JWTPayload;
}

async function expectRefused(server: DoableServer, token: string): Promise<void> {
  const answer = await call(server, "/api/me", { token });
  expect(answer.headers.get("WWW-Authenticate")).toBe('Bearer realm="doable", error="invalid_token"');
  const { request_id, ...problem } = await problemOf(answer, 401, "unauthorized");
  expect(problem).toEqual({
    type: "urn:doable:problem:unauthorized",
    title: "A valid bearer token is required",
    status: 401,
    code: "unauthorized",
  });
}

for (const alg of ["EdDSA", "RS256", "ES256"]) {
  test(`a valid token of a new key in the set is accepted, signed with ${alg}`, async ({ server, issuer, person }) => {
    const signer = await issuer.addKey(alg);
    const answer = await call(server, "/api/me", { token: await sign(signer, claimsFor(server, person)) });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ id: person.id, scopes: ["tasks:read"] });
  });
}

test("a token is accepted if one of its audiences matches", async ({ server, signer, person }) => {
  const token = await sign(signer, claimsFor(server, person, { aud: ["others", "doable-scripts"] }));
  expect((await call(server, "/api/me", { token })).status).toBe(200);
});

const WRONG_CLAIMS: [what: string, change: (server: DoableServer) => Partial<Record<keyof JWTPayload, unknown>>][] = [
  ["a wrong issuer", () => ({ iss: "https://elsewhere.example" })],
  ["no issuer", () => ({ iss: undefined })],
  ["a wrong audience", () => ({ aud: "another-service" })],
  ["the server's own address in place of the audience", (server) => ({ aud: server.env.BETTER_AUTH_URL })],
  ["no audience", () => ({ aud: undefined })],
  ["an end that is past the allowed skew", () => ({ iat: now() - 900, exp: now() - 8 })],
  ["a beginning that is not yet", () => ({ nbf: now() + 60 })],
  ["an issue time in the future", () => ({ iat: now() + 60 })],
  ["no end", () => ({ exp: undefined })],
  ["no issue time", () => ({ iat: undefined })],
  ["an end that is no number", () => ({ exp: "tomorrow" })],
  ["an end after the end of all dates", () => ({ exp: Number.MAX_SAFE_INTEGER })],
  ["no subject", () => ({ sub: undefined })],
  ["a subject that nobody is", () => ({ sub: crypto.randomUUID() })],
  ["a subject that is no user id", () => ({ sub: "admin" })],
  ["a subject that is no text", () => ({ sub: 7 })],
  ["a subject that is the word for oneself", () => ({ sub: "me" })],
];

for (const [what, change] of WRONG_CLAIMS) {
  test(`a token with ${what} is rejected`, async ({ server, signer, person }) => {
    await expectRefused(server, await sign(signer, claimsFor(server, person, change(server))));
  });
}

for (const [what, change] of [
  ["an end three seconds ago", () => ({ exp: now() - 3 })],
  ["an issue time in three seconds", () => ({ iat: now() + 3 })],
  ["a beginning in three seconds", () => ({ nbf: now() + 3 })],
] as const) {
  test(`a token with ${what} is accepted within the clock skew`, async ({ server, signer, person }) => {
    expect((await call(server, "/api/me", { token: await sign(signer, claimsFor(server, person, change())) })).status).toBe(200);
  });
}

for (const garbage of ["garbage", "a.b.c", "eyJhbGciOiJFZERTQSJ9.e30.", "..", "x".repeat(8000)]) {
  test(`"${garbage.slice(0, 30)}" is rejected as a token`, async ({ server }) => {
    await expectRefused(server, garbage);
  });
}

test("an unsigned token is rejected", async ({ server, person }) => {
  await expectRefused(server, new UnsecuredJWT(claimsFor(server, person)).encode());
});

test("a token with the algorithm `none` and a key id is rejected", async ({ server, signer, person }) => {
  const [, payload] = (await sign(signer, claimsFor(server, person))).split(".");
  const header = Buffer.from(JSON.stringify({ alg: "none", kid: signer.kid })).toString("base64url");
  await expectRefused(server, `${header}.${payload}.`);
});

test("a token signed with a public key as a shared secret is rejected", async ({ server, issuer, person }) => {
  const { kid, publicKey } = await issuer.addKey("RS256");
  const secret = new TextEncoder().encode(await exportSPKI(publicKey));
  await expectRefused(server, await new SignJWT(claimsFor(server, person)).setProtectedHeader({ alg: "HS256", kid }).sign(secret));
});

test("a token of a key that is not in the set is rejected", async ({ server, issuer, signer, person }) => {
  expect((await call(server, "/api/me", { token: await sign(signer, claimsFor(server, person)) })).status).toBe(200);
  await expectRefused(server, await sign(await issuer.addKey("EdDSA", { published: false }), claimsFor(server, person)));
});

test("a token that names a key of the set but is signed by another is rejected", async ({ server, issuer, signer, person }) => {
  const other = await issuer.addKey("EdDSA", { published: false });
  await expectRefused(server, await sign({ ...other, kid: signer.kid }, claimsFor(server, person)));
});

test("a token without a key id is rejected", async ({ server, signer, person }) => {
  await expectRefused(server, await sign(signer, claimsFor(server, person), { alg: "EdDSA" }));
});

test("a token whose claims were changed after signing is rejected", async ({ server, signer, person }) => {
  const [header, , signature] = (await sign(signer, claimsFor(server, person))).split(".");
  const payload = Buffer.from(JSON.stringify(claimsFor(server, person, { scope: "tasks:write" }))).toString("base64url");
  await expectRefused(server, `${header}.${payload}.${signature}`);
});

test("a token with an embedded key is rejected", async ({ server, issuer, person }) => {
  const own = await issuer.addKey("ES256", { published: false });
  const jwk = await crypto.subtle.exportKey("jwk", own.publicKey);
  const token = await new SignJWT(claimsFor(server, person)).setProtectedHeader({ alg: "ES256", kid: own.kid, jwk }).sign(own.privateKey);
  await expectRefused(server, token);
});

test("a token of the server's own keys is rejected with BETTER_AUTH_JWKS_URL", async ({ server, person }) => {
  await expectRefused(server, person.token);
});

test("a token of a deleted user is rejected", async ({ server, signer }) => {
  test.skip(!server.env.DATABASE_URL, "only the server itself can open the embedded database");
  const person = await newPerson(server);
  const token = await sign(signer, claimsFor(server, person));
  expect((await call(server, "/api/me", { token })).status).toBe(200);
  await execute(server, 'delete from "user" where id = $1', person.id);
  await expectRefused(server, token);
});

test("a banned user's token is rejected until the ban has ended", async ({ server, signer }) => {
  test.skip(!server.env.DATABASE_URL, "only the server itself can open the embedded database");
  const person = await newPerson(server);
  const token = await sign(signer, claimsFor(server, person));
  await execute(server, 'update "user" set banned = true where id = $1', person.id);
  await expectRefused(server, token);
  expect((await call(server, "/tasks", { headers: { Cookie: person.cookie } })).headers.get("Location")).toContain("/login");
  await execute(server, `update "user" set ban_expires = now() - interval '1 minute' where id = $1`, person.id);
  expect((await call(server, "/api/me", { token })).status).toBe(200);
});

async function execute(server: DoableServer, statement: string, id: string): Promise<void> {
  const client = new Client(server.env.DATABASE_URL);
  await client.connect();
  await client.query(statement, [id]);
  await client.end();
}

test("without an Authorization header, the challenge has no error code", async ({ server }) => {
  const answer = await call(server, "/api/me");
  await problemOf(answer, 401, "unauthorized");
  expect(answer.headers.get("WWW-Authenticate")).toBe('Bearer realm="doable"');
});

for (const value of ["Basic cm9iaW46c2VjcmV0", "Bearer", "Bearer a b", "Bearer ü"]) {
  test(`"Authorization: ${value}" is rejected`, async ({ server }) => {
    const headers = { Authorization: Buffer.from(value).toString("latin1") };
    await problemOf(await call(server, "/api/me", { headers }), 401, "unauthorized");
  });
}

test("the authentication scheme is case-insensitive", async ({ server, signer, person }) => {
  const headers = { Authorization: `bEARER ${await sign(signer, claimsFor(server, person))}` };
  expect((await call(server, "/api/me", { headers })).status).toBe(200);
});

for (const [name, scope] of [
  ["no scope", undefined],
  ["an empty scope", ""],
  ["scopes that are not ours", "admin tasks:everything"],
  ["a scope that is no text", ["tasks:write"]],
] as const) {
  test(`a token with ${name} is rejected everywhere`, async ({ server, signer, person }) => {
    const token = await sign(signer, claimsFor(server, person, { scope }));
    expect((await call(server, "/api/me", { token })).status).toBe(403);
    const task = `/api/me/tasks/${crypto.randomUUID()}`;
    const routes = [
      ["GET", "/api/me/tasks"],
      ["POST", "/api/me/tasks"],
      ...["GET", "PUT", "PATCH", "DELETE"].map((method) => [method, task]),
      ...["complete", "reopen", "skip", "restore", "move"].map((verb) => ["POST", `${task}/${verb}`]),
    ];
    for (const [method = "", path = ""] of routes) {
      const json = method === "GET" ? undefined : { title: "Changed" };
      await problemOf(await call(server, path, { method, token, json }), 403, "insufficient_scope");
    }
    expect((await call(server, "/api/me/tasks", { method: "HEAD", token })).status).toBe(403);
  });
}

test("while the issuer is down, known keys verify and an unknown one gets a 503", async ({ issuer, signer, server, person }) => {
  const known = await sign(signer, claimsFor(server, person));
  expect((await call(server, "/api/me", { token: known })).status).toBe(200);
  const unknown = await sign(await issuer.addKey("EdDSA"), claimsFor(server, person));
  await issuer.close();
  const answer = await call(server, "/api/me", { token: unknown });
  await problemOf(answer, 503, "unavailable");
  expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect((await call(server, "/api/me", { token: known })).status).toBe(200);
  await issuer.open();
  expect((await call(server, "/api/me", { token: unknown })).status).toBe(200);
  expect((await call(server, "/api/me", { token: known })).status).toBe(200);
});
