import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { exportJWK, generateKeyPair, type JWK, jwtVerify } from "jose";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { KeySetUnavailable, remoteKeySet } from "#app/auth/remote-key-set.server.ts";
import { signTestToken, testClaims } from "#app/testing/tokens.ts";
import { createTestUser } from "#app/testing/users.ts";

// Hoisted above the imports: this process verifies tokens against a remote key set.
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

async function serve() {
  const state = { keys: [] as JWK[], requests: 0, body: undefined as string | undefined, status: 200 };
  const server = createServer((_request, response) => {
    state.requests++;
    response.statusCode = state.status;
    response.end(state.body ?? JSON.stringify({ keys: state.keys }));
  });
  servers.push(server);
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    state,
    url: new URL(`http://127.0.0.1:${port}/jwks`),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
    restart: () => listen(server, port),
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

test("a token is verified with a key of the remote set, which is read once", async () => {
  const { state, url } = await serve();
  const [one, other] = [await newKey(), await newKey()];
  state.keys = [one.jwk, other.jwk];
  const keySet = remoteKeySet(url);
  for (const key of [one, other, one]) await verify(keySet, key);
  expect(state.requests).toBe(1);
});

test("a key added to the remote set is found, with one read for concurrent tokens", async () => {
  const { state, url } = await serve();
  const [old, fresh] = [await newKey(), await newKey()];
  state.keys = [old.jwk];
  const keySet = remoteKeySet(url);
  await verify(keySet, old);
  state.keys = [old.jwk, fresh.jwk];
  await Promise.all([verify(keySet, fresh), verify(keySet, fresh), verify(keySet, fresh)]);
  expect(state.requests).toBe(2);
});

test("known keys verify for as long as the remote set is unreachable", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, url, stop } = await serve();
  const key = await newKey();
  state.keys = [key.jwk];
  const keySet = remoteKeySet(url);
  await verify(keySet, key);
  await stop();
  for (const minutes of [1, 10, 60, 24 * 60]) {
    vi.setSystemTime(Date.now() + minutes * 60_000);
    await verify(keySet, key);
  }
});

test("an unknown key is KeySetUnavailable while the remote set is unreachable, and verifies afterwards", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, url, stop, restart } = await serve();
  const [old, fresh] = [await newKey(), await newKey()];
  state.keys = [old.jwk];
  const keySet = remoteKeySet(url);
  await verify(keySet, old);
  await stop();
  vi.setSystemTime(Date.now() + 2_000);
  await expect(verify(keySet, fresh)).rejects.toBeInstanceOf(KeySetUnavailable);
  state.keys = [old.jwk, fresh.jwk];
  await restart();
  await verify(keySet, fresh);
});

test("a first read of an unreachable remote set is KeySetUnavailable, and is retried", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, url, stop, restart } = await serve();
  const key = await newKey();
  state.keys = [key.jwk];
  const keySet = remoteKeySet(url);
  await stop();
  for (let time = 0; time < 2; time++) {
    await expect(verify(keySet, key)).rejects.toBeInstanceOf(KeySetUnavailable);
    vi.setSystemTime(Date.now() + 2_000);
  }
  await restart();
  await verify(keySet, key);
  expect(state.requests).toBe(1);
});

test("a remote set that never responds times out after five seconds", async () => {
  const silent = createServer();
  servers.push(silent);
  await listen(silent, 0);
  const { port } = silent.address() as AddressInfo;
  const begun = performance.now();
  await expect(verify(remoteKeySet(new URL(`http://127.0.0.1:${port}/jwks`)), await newKey())).rejects.toBeInstanceOf(KeySetUnavailable);
  expect(performance.now() - begun).toBeLessThan(6_500);
  silent.closeAllConnections();
});

test("a remote set that redirects is not followed", async () => {
  const { state, url } = await serve();
  const key = await newKey();
  state.keys = [key.jwk];
  const redirecting = createServer((_request, response) => response.writeHead(302, { Location: url.href }).end());
  servers.push(redirecting);
  await listen(redirecting, 0);
  const { port } = redirecting.address() as AddressInfo;
  await expect(verify(remoteKeySet(new URL(`http://127.0.0.1:${port}/jwks`)), key)).rejects.toBeInstanceOf(KeySetUnavailable);
  expect(state.requests).toBe(0);
});

test("a remote set is read up to 256 KiB, also when it is compressed", async () => {
  const { state, url } = await serve();
  const key = await newKey();
  state.keys = [key.jwk];
  const body = (length: number) => JSON.stringify({ keys: state.keys, filler: "x".repeat(length) });
  state.body = body(200 * 1024);
  await verify(remoteKeySet(url), key);
  state.body = body(256 * 1024);
  await expect(verify(remoteKeySet(url), key)).rejects.toBeInstanceOf(KeySetUnavailable);
  const compressed = createServer((_request, response) => response.setHeader("Content-Encoding", "gzip").end(gzipSync(body(1_000_000))));
  servers.push(compressed);
  await listen(compressed, 0);
  const { port } = compressed.address() as AddressInfo;
  await expect(verify(remoteKeySet(new URL(`http://127.0.0.1:${port}/jwks`)), key)).rejects.toBeInstanceOf(KeySetUnavailable);
});

test("an invalid key set is KeySetUnavailable, and known keys still verify", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, url } = await serve();
  const [old, fresh] = [await newKey(), await newKey()];
  state.keys = [old.jwk];
  const keySet = remoteKeySet(url);
  await verify(keySet, old);
  for (const [status, body] of [
    [500, "{}"],
    [200, "<html>"],
    [200, '{"keys": 1}'],
  ] as const) {
    Object.assign(state, { status, body });
    vi.setSystemTime(Date.now() + 2_000);
    await expect(verify(keySet, fresh)).rejects.toBeInstanceOf(KeySetUnavailable);
    await verify(keySet, old);
  }
});

test("a key removed from the remote set stops verifying after the next read", async () => {
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

test("only tokens signed by a remote key, for an existing user, are valid", async () => {
  const [theirs, unknown] = [await newKey(), await newKey()];
  remote.keys.push(theirs.jwk);
  const user = await createTestUser();
  expect(await verifyBearerToken(await signTestToken(theirs, testClaims(user.id)))).toMatchObject({ success: true, user });
  const stranger = await signTestToken(unknown, testClaims(user.id));
  expect(await verifyBearerToken(stranger)).toEqual({ success: false, reason: "unknown_kid" });
  const unknownUser = await signTestToken(theirs, testClaims(crypto.randomUUID()));
  expect(await verifyBearerToken(unknownUser)).toEqual({ success: false, reason: "no_such_user" });
  const unnamed = await signTestToken(theirs, testClaims(user.id), { kid: undefined });
  expect(await verifyBearerToken(unnamed)).toEqual({ success: false, reason: "unknown_kid" });
});
