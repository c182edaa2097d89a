import { randomInt } from "node:crypto";
import { type APIRequestContext, test as base, expect } from "@playwright/test";
import { type Account, newAccount } from "./people.ts";
import { type DoableServer, startServer } from "./server.ts";

interface Fixtures {
  /** Not signed up yet. */
  account: Account;
  /** Client address of the test's requests, so that tests do not share rate limits. */
  address: string;
}

interface WorkerFixtures {
  /** Variables of `server`: `test.use({ serverEnv: { … } })` at the top of a file in e2e/servers. */
  serverEnv: Record<string, string>;
  server: DoableServer;
}

/** Each worker has its own server; each test has its own address and account. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  serverEnv: [{}, { scope: "worker", option: true }],
  server: [
    async ({ serverEnv }, use) => {
      await using server = await startServer(serverEnv);
      await use(server);
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern.
  address: async ({}, use) => use(anyAddress()),
  request: async ({ playwright, baseURL, address }, use) => {
    const request = await playwright.request.newContext({ baseURL: baseURL ?? "", extraHTTPHeaders: { "X-Forwarded-For": address } });
    await use(request);
    await request.dispose();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  account: async ({}, use) => use(newAccount()),
});

export { expect };

export function anyAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

export async function sessionToken(request: APIRequestContext): Promise<string> {
  const answer = await request.get("/api/auth/token");
  expect(answer.status()).toBe(200);
  return (await answer.json()).token;
}

export function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}
