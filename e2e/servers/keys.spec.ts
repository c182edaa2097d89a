import { createAuthClient } from "better-auth/client";
import { jwtClient } from "better-auth/client/plugins";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { Client } from "pg";
import { call, cookieOf, makeAccessKey, newPerson, problemOf, tokenFor } from "../support/api.ts";
import { newAccount } from "../support/people.ts";
import { type DoableServer, run, startServer } from "../support/server.ts";
import { anyAddress, expect, test } from "../support/test.ts";

const ROTATE = "app/cli/rotate-keys.ts";

async function keySet(server: DoableServer): Promise<Record<string, string>[]> {
  return (await (await call(server, "/.well-known/jwks.json")).json()).keys;
}

async function freshToken(server: DoableServer, cookie: string): Promise<string> {
  return (await (await call(server, "/api/auth/token", { headers: { Cookie: cookie } })).json()).token;
}

test("both URLs of the key set return the same public keys, cacheable for five minutes", async ({ server }) => {
  const wellKnown = await call(server, "/.well-known/jwks.json");
  const ofBetterAuth = await call(server, "/api/auth/jwks");
  for (const answer of [wellKnown, ofBetterAuth]) {
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe("application/json");
    expect(answer.headers.get("Cache-Control")).toBe("public, max-age=300");
  }
  const { keys } = await wellKnown.json();
  expect(await ofBetterAuth.json()).toEqual({ keys });
  expect(keys).toEqual([{ kid: expect.stringMatching(/./), alg: "EdDSA", use: "sig", kty: "OKP", crv: "Ed25519", x: expect.any(String) }]);
});

test("a session's token has only the claims for subject, audience, lifetime and scope", async ({ server }) => {
  const person = await newPerson(server);
  expect(decodeProtectedHeader(person.token)).toEqual({ alg: "EdDSA", kid: expect.stringMatching(/./) });
  const claims = decodeJwt(person.token);
  expect(claims).toEqual({
    iss: server.env.BETTER_AUTH_URL,
    aud: server.env.BETTER_AUTH_URL,
    sub: person.id,
    iat: expect.any(Number),
    exp: (claims.iat ?? 0) + 15 * 60,
    jti: expect.stringMatching(/^[\w-]{20,}$/),
    scope: "tasks:read tasks:write tasks:create",
  });
  expect(Math.abs((claims.iat ?? 0) - Date.now() / 1000)).toBeLessThan(30);
  expect(decodeJwt(await freshToken(server, person.cookie)).jti).not.toBe(claims.jti);
});

test("an access key's token has the same claims, with the key's scopes and id", async ({ server }) => {
  const person = await newPerson(server);
  const claims = decodeJwt(await tokenFor(server, await makeAccessKey(server, person, "Reader", ["tasks:read"])));
  expect(claims).toEqual({
    iss: server.env.BETTER_AUTH_URL,
    aud: server.env.BETTER_AUTH_URL,
    sub: person.id,
    iat: expect.any(Number),
    exp: (claims.iat ?? 0) + 15 * 60,
    jti: expect.any(String),
    scope: "tasks:read",
    client_id: expect.any(String),
  });
});

test("without a session there is no token", async ({ server }) => {
  expect((await call(server, "/api/auth/token")).status).toBe(401);
});

test("a rotation takes effect at once, and earlier tokens still verify", async () => {
  await using server = await startServer();
  const { cookie, token } = await newPerson(server);
  const before = await keySet(server);
  // Only one process can open the embedded database.
  const isEmbedded = server.env.DATABASE_URL === undefined;
  if (isEmbedded) await server.stop();
  const rotation = await run(ROTATE, { ...server.env, LOG_LEVEL: "error" });
  expect(rotation).toMatchObject({ code: 0, output: [expect.stringMatching(/^New tokens are signed with [\w-]+\./)] });
  const rotated = isEmbedded ? await server.restart() : server;

  const after = await keySet(rotated);
  expect(after).toHaveLength(2);
  expect(after).toContainEqual(before[0]);
  const kid = after.find((key) => key.kid !== before[0]?.kid)?.kid;
  expect(rotation.output[0]).toContain(kid);
  const newer = await freshToken(rotated, cookie);
  expect(decodeProtectedHeader(newer).kid).toBe(kid);
  for (const each of [token, newer]) expect((await call(rotated, "/api/me", { token: each })).status).toBe(200);
});

test("a rotation fails with one line while a server has the embedded database open", async ({ server }) => {
  test.skip(server.env.DATABASE_URL !== undefined, "any number of processes may use a Postgres");
  const before = await keySet(server);
  const { code, output } = await run(ROTATE, { ...server.env, LOG_LEVEL: "error" });
  expect(code).toBe(1);
  expect(output).toHaveLength(1);
  expect(output[0]).toContain("another process is using");
  expect(await keySet(server)).toEqual(before);
});

test("a retired key verifies nothing once its grace period is over", async () => {
  test.skip(!process.env.TEST_DATABASE_URL, "only the server itself can open the embedded database");
  await using server = await startServer();
  const { cookie, token } = await newPerson(server);
  await run(ROTATE, server.env);
  const client = new Client(server.env.DATABASE_URL);
  await client.connect();
  await client.query("update jwks set expires_at = now() - interval '7 days 1 second' where expires_at < now()");
  await client.end();
  expect(await keySet(server)).toHaveLength(1);
  const later = await server.restart();
  await problemOf(await call(later, "/api/me", { token }), 401, "unauthorized");
  expect((await call(later, "/api/me", { token: await freshToken(later, cookie) })).status).toBe(200);
});

for (const [algorithm, kind] of [
  ["RS256", { kty: "RSA", e: "AQAB", n: expect.any(String) }],
  ["ES256", { kty: "EC", crv: "P-256", x: expect.any(String), y: expect.any(String) }],
] as const) {
  test(`JWT_ALGORITHM=${algorithm} applies from the next start on, and older tokens still verify`, async () => {
    await using first = await startServer();
    const { cookie, token } = await newPerson(first);
    const server = await first.restart({ JWT_ALGORITHM: algorithm });
    const newer = await freshToken(server, cookie);
    expect(decodeProtectedHeader(newer).alg).toBe(algorithm);
    for (const each of [token, newer]) expect((await call(server, "/api/me", { token: each })).status).toBe(200);
    const keys = await keySet(server);
    expect(keys).toHaveLength(2);
    const { kid } = decodeProtectedHeader(newer);
    expect(keys.find((key) => key.kid === kid)).toEqual({ kid, alg: algorithm, use: "sig", ...kind });
    const remote = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`));
    for (const each of [token, newer]) await jwtVerify(each, remote, { issuer: server.env.BETTER_AUTH_URL ?? "" });

    const back = await server.restart({ JWT_ALGORITHM: "EdDSA" });
    expect(decodeProtectedHeader(await freshToken(back, cookie)).alg).toBe("EdDSA");
    for (const each of [token, newer]) expect((await call(back, "/api/me", { token: each })).status).toBe(200);
  });
}

test("a client that knows only Better Auth and the key set signs up, signs in, gets a token and verifies it", async ({ server }) => {
  const account = newAccount();
  const headers: Record<string, string> = { Origin: server.url, "X-Forwarded-For": anyAddress() };
  const client = createAuthClient({ baseURL: server.url, plugins: [jwtClient()], fetchOptions: { headers } });
  const signedUp = await client.signUp.email(account);
  expect(signedUp.error).toBeNull();
  const signedIn = await client.signIn.email(account, {
    onSuccess({ response }) {
      headers.Cookie = cookieOf(response);
    },
  });
  expect(signedIn.data?.user.id).toBe(signedUp.data?.user.id);
  const { data } = await client.token({ fetchOptions: { headers } });

  const published = createRemoteJWKSet(new URL("/.well-known/jwks.json", server.url));
  const { payload } = await jwtVerify(data?.token ?? "", published, { issuer: server.url, audience: server.url });
  expect(payload.sub).toBe(signedUp.data?.user.id);
  expect((await call(server, "/api/me", { token: data?.token ?? "" })).status).toBe(200);
});
