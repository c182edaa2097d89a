import { randomInt } from "node:crypto";
import { type APIRequestContext, test as base, expect } from "@playwright/test";
import { type DoableServer, startServer } from "./server.ts";

export interface Account {
  name: string;
  email: string;
  password: string;
}

interface Fixtures {
  /** A new account, not signed up yet. */
  account: Account;
}

interface WorkerFixtures {
  server: DoableServer;
}

/** Each worker has a server of its own; each test comes from an address of its own, as an account of its own. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern.
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.dispose();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  extraHTTPHeaders: async ({}, use) => use({ "X-Forwarded-For": anyAddress() }),
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  account: async ({}, use) => use(newAccount()),
});

export { expect };

export function anyAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

export function newAccount(): Account {
  return { name: "Robin Tester", email: `${crypto.randomUUID()}@example.com`, password: "correct horse battery" };
}

/** Signs a new account up over Better Auth's own endpoint; the context keeps the session's cookies. Returns the user id. */
export async function signUpOverHttp(request: APIRequestContext, server: DoableServer, account: Account): Promise<string> {
  const answer = await request.post("/api/auth/sign-up/email", { data: account, headers: { Origin: server.url } });
  expect(answer.status()).toBe(200);
  return (await answer.json()).user.id;
}

/** A token with every scope, from the context's session. */
export async function sessionToken(request: APIRequestContext): Promise<string> {
  const answer = await request.get("/api/auth/token");
  expect(answer.status()).toBe(200);
  return (await answer.json()).token;
}

export function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}
