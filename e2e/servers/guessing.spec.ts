import { call, exchangeKey, guessPasswords, newPerson } from "../support/api.ts";
import { queryData } from "../support/data.ts";
import { startServer } from "../support/server.ts";
import { anyAddress, expect, test } from "../support/test.ts";

test("a restarted process continues the count of wrong passwords", async () => {
  await using server = await startServer();
  const { account } = await newPerson(server);
  await guessPasswords(server, account.email);
  const after = await server.restart();
  const headers = { Origin: after.url, "X-Forwarded-For": anyAddress() };
  const refused = await call(after, "/api/auth/sign-in/email", { json: account, headers });
  expect([refused.status, await refused.json()]).toEqual([429, expect.objectContaining({ code: "TOO_MANY_PASSWORD_TRIES" })]);
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
});

test("nothing that the caller made up is stored: neither a path nor an address that was typed", async () => {
  await using server = await startServer();
  const address = anyAddress();
  const headers = { Origin: server.url, "X-Forwarded-For": address };
  for (let time = 0; time < 5; time++) {
    const path = `/api/auth/${crypto.randomUUID()}`;
    expect((await call(server, path, { method: "POST", json: {}, headers })).status).toBe(404);
  }
  const typed = `${crypto.randomUUID()}@example.com`;
  expect((await call(server, "/api/auth/sign-in/email", { json: { email: typed, password: "wrong" }, headers })).status).toBe(401);
  await server.stop();
  const limits = await queryData(server.env, "select key from rate_limit where key like $1", [`%${address}%`]);
  expect(limits).toEqual([{ key: `${address}|/sign-in/email` }]);
  const tries = await queryData(server.env, "select key, array_length(tried_at, 1) as tries from password_try");
  expect(tries).toEqual([{ key: expect.stringMatching(/^[\w-]{22}$/), tries: 1 }]);
});

test("access keys are limited for each /56 network of IPv6 addresses", async ({ server }) => {
  const exchange = (address: string) => exchangeKey(server, `doable_${crypto.randomUUID()}`, address);
  const answers = await Promise.all(Array.from({ length: 130 }, (_, host) => exchange(`2001:db8:1:42${(host % 90) + 10}::${host}`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
  expect((await exchange("2001:db8:1:4310::1")).status).toBe(401);
});
