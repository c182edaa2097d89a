import { decodeProtectedHeader } from "jose";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { auth } from "#app/auth/auth.server.ts";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { publishedKeySet } from "#app/auth/key-set.server.ts";
import { ensureSigningKey } from "#app/auth/signing-key.server.ts";
import { testClaims } from "#app/testing/tokens.ts";
import { createTestUser } from "#app/testing/users.ts";

// Hoisted above the imports: ages that differ from the defaults and from each other.
vi.hoisted(() => {
  vi.stubEnv("JWT_ROTATION_DAYS", "2");
  vi.stubEnv("JWT_GRACE_DAYS", "3");
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => vi.unstubAllEnvs());

const SECOND = 1000;
const DAY = 86_400 * SECOND;

async function newToken(userId: string) {
  const exp = Math.floor((Date.now() + 30 * DAY) / SECOND);
  const { token } = await auth().api.signJWT({ body: { payload: testClaims(userId, { exp }) } });
  return { token, kid: decodeProtectedHeader(token).kid };
}

async function publishedKids(): Promise<(string | undefined)[]> {
  return (await publishedKeySet()).keys.map((key) => key.kid);
}

test("a key signs for JWT_ROTATION_DAYS, then verifies and is published for exactly JWT_GRACE_DAYS", async () => {
  const user = await createTestUser();
  vi.useFakeTimers({ toFake: ["Date"] });
  const start = Date.now();
  await ensureSigningKey();
  const first = await newToken(user.id);
  vi.setSystemTime(start + 2 * DAY - SECOND);
  expect((await newToken(user.id)).kid).toBe(first.kid);

  vi.setSystemTime(start + 2 * DAY + SECOND);
  const second = await newToken(user.id);
  expect(second.kid).not.toBe(first.kid);
  for (const age of [2 * DAY + SECOND, 5 * DAY - SECOND]) {
    vi.setSystemTime(start + age);
    expect((await publishedKids()).toSorted()).toEqual([first.kid, second.kid].toSorted());
    for (const { token } of [first, second]) expect(await verifyBearerToken(token)).toMatchObject({ success: true, user });
  }

  vi.setSystemTime(start + 5 * DAY + SECOND);
  expect(await publishedKids()).toEqual([second.kid]);
  expect(await verifyBearerToken(first.token)).toEqual({ success: false, reason: "unknown_kid" });
  expect(await verifyBearerToken(second.token)).toMatchObject({ success: true, user });
});
