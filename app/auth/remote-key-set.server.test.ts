import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, jwtVerify } from "jose";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { KeySetUnavailable, remoteKeySet } from "#app/auth/remote-key-set.server.ts";
import { signTestToken, testClaims } from "#app/testing/tokens.ts";
import { createTestUser } from "#app/testing/users.ts";

// Before anything of the app is loaded: tokens of this process are verified against keys from elsewhere.
const remote = await vi.hoisted(async () => {
  const { createServer: create } = await import("node:http");
  const keys: unknown[] = [];
  const server = create((_request, response) => response.end(JSON.stringify({ keys })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  vi.stubEnv("BETTER_AUTH_JWKS_URL", `http://127.0.0.1:${port}/jwks`);
  return { server, keys };
});

const servers: Server[] = [remote.server];

afterEach(() => {
  vi.useRealTimers();
});

afterAll(() => {
  vi.unstubAllEnvs();
  for (const server of servers) server.close();
});

/** Somebody else's key set, at an address of its own. */
async function serve() {
  const state = { keys: [] as JWK[], requests: 0, answer: undefined as string | undefined, status: 200 };
  const server = createServer((_request, response) => {
    state.requests++;
    response.statusCode = state.status;
    response.end(state.answer ?? JSON.stringify({ keys: state.keys }));
  });
  servers.push(server);
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    state,
    url: new URL(`http://127.0.0.1:${port}/jwks`),
    goAway() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
    comeBack: () => listen(server, port),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
}

async function newKey() {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const kid = crypto.randomUUID();
  return { kid, alg: "EdDSA" as const, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "EdDSA" } };
}

type Key = Awaited<ReturnType<typeof newKey>>;

async function verify(keySet: ReturnType<typeof remoteKeySet>, key: Key): Promise<unknown> {
  return jwtVerify(await signTestToken(key, testClaims("somebody")), keySet);
}

test("a token verifies by a key of the remote set, which is read once", async () => {
  const { state, url } = await serve();
  const [one, other] = [await newKey(), await newKey()];
  state.keys = [one.jwk, other.jwk];
  const keySet = remoteKeySet(url);
  for (const key of [one, other, one]) await verify(keySet, key);
  expect(state.requests).toBe(1);
});

test("a key that appears in the remote set is picked up, in one reading for all who wait for it", async () => {
  const { state, url } = await serve();
  const [old, fresh] = [await newKey(), await newKey()];
  state.keys = [old.jwk];
  const keySet = remoteKeySet(url);
  await verify(keySet, old);
  state.keys = [old.jwk, fresh.jwk];
  await Promise.all([verify(keySet, fresh), verify(keySet, fresh), verify(keySet, fresh)]);
  expect(state.requests).toBe(2);
});

test("while the remote set is away its keys go on verifying, for however long", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, url, goAway } = await serve();
  const key = await newKey();
  state.keys = [key.jwk];
  const keySet = remoteKeySet(url);
  await verify(keySet, key);
  await goAway();
  for (const minutes of [1, 10, 60, 24 * 60]) {
    vi.setSystemTime(Date.now() + minutes * 60_000);
    await verify(keySet, key);
  }
});

test("an unknown key while the remote set is away is nobody's fault but ours, and passes when it is back", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, url, goAway, comeBack } = await serve();
  const [old, fresh] = [await newKey(), await newKey()];
  state.keys = [old.jwk];
  const keySet = remoteKeySet(url);
  await verify(keySet, old);
  await goAway();
  vi.setSystemTime(Date.now() + 2_000);
  await expect(verify(keySet, fresh)).rejects.toBeInstanceOf(KeySetUnavailable);
  state.keys = [old.jwk, fresh.jwk];
  await comeBack();
  await verify(keySet, fresh);
});

test("a remote set that is away at the first reading is nobody's fault but ours, and is read once it is back", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, url, goAway, comeBack } = await serve();
  const key = await newKey();
  state.keys = [key.jwk];
  const keySet = remoteKeySet(url);
  await goAway();
  for (let time = 0; time < 2; time++) {
    await expect(verify(keySet, key)).rejects.toBeInstanceOf(KeySetUnavailable);
    vi.setSystemTime(Date.now() + 2_000);
  }
  await comeBack();
  await verify(keySet, key);
  expect(state.requests).toBe(1);
});

test("a remote set that takes the question and never answers is given up after five seconds", async () => {
  const silent = createServer();
  servers.push(silent);
  await listen(silent, 0);
  const { port } = silent.address() as AddressInfo;
  const begun = performance.now();
  await expect(verify(remoteKeySet(new URL(`http://127.0.0.1:${port}/jwks`)), await newKey())).rejects.toBeInstanceOf(KeySetUnavailable);
  expect(performance.now() - begun).toBeLessThan(6_500);
  silent.closeAllConnections();
});

test("an answer that is no key set is as good as none, and takes no known key away", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, url } = await serve();
  const [old, fresh] = [await newKey(), await newKey()];
  state.keys = [old.jwk];
  const keySet = remoteKeySet(url);
  await verify(keySet, old);
  for (const [status, answer] of [
    [500, "{}"],
    [200, "<html>"],
    [200, '{"keys": 1}'],
  ] as const) {
    Object.assign(state, { status, answer });
    vi.setSystemTime(Date.now() + 2_000);
    await expect(verify(keySet, fresh)).rejects.toBeInstanceOf(KeySetUnavailable);
    await verify(keySet, old);
  }
});

test("a key that the remote set has dropped stops verifying once it is read again", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, url } = await serve();
  const [old, fresh] = [await newKey(), await newKey()];
  state.keys = [old.jwk];
  const keySet = remoteKeySet(url);
  await verify(keySet, old);
  state.keys = [fresh.jwk];
  vi.setSystemTime(Date.now() + 10 * 60_000 + 1);
  await verify(keySet, old);
  await vi.waitFor(() => expect(state.requests).toBe(2));
  await vi.waitFor(() => expect(verify(keySet, old)).rejects.toMatchObject({ code: "ERR_JWKS_NO_MATCHING_KEY" }));
});

test("with a remote key set, its tokens are let in for our users, and ours by our own key are not", async () => {
  const [theirs, unknown] = [await newKey(), await newKey()];
  remote.keys.push(theirs.jwk);
  const user = await createTestUser();
  expect(await verifyBearerToken(await signTestToken(theirs, testClaims(user.id)))).toMatchObject({ success: true, user });
  const stranger = await signTestToken(unknown, testClaims(user.id));
  expect(await verifyBearerToken(stranger)).toEqual({ success: false, reason: "unknown_kid" });
  const nobody = await signTestToken(theirs, testClaims(crypto.randomUUID()));
  expect(await verifyBearerToken(nobody)).toEqual({ success: false, reason: "no_such_user" });
  const unnamed = await signTestToken(theirs, testClaims(user.id), { kid: undefined });
  expect(await verifyBearerToken(unnamed)).toEqual({ success: false, reason: "unknown_kid" });
});
