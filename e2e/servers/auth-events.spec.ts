import { accessKeyId, call, cookieOf, exchangeKey, makeAccessKey, newPerson, signUp, submit } from "../support/api.ts";
import { type DoableServer, startServer } from "../support/server.ts";
import { anyAddress, expect, test } from "../support/test.ts";

/** A server of its own, so that its log contains only the events of these tests. */
test.use({ serverEnv: { LOG_LEVEL: "info" } });

test.describe.configure({ mode: "default" });

function eventsAt(server: DoableServer, address: string): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = server.log.map((line) => JSON.parse(line));
  return lines.filter(({ client_address }) => client_address === address);
}

test("account events are logged with user, address and request id, and without secrets", async ({ server }) => {
  const person = await signUp(server);
  const { id, account, address, cookie, token } = person;
  const headers = (requestId: string, more: Record<string, string> = {}) => ({
    "X-Forwarded-For": address,
    "X-Request-Id": requestId,
    ...more,
  });
  const log = (requestId: string, password: string) =>
    submit(
      server,
      "/login",
      [
        ["email", account.email],
        ["password", password],
      ],
      headers(requestId),
    );
  await log("wrong", "a wrong password");
  const second = cookieOf(await log("right", account.password));
  const key = await makeAccessKey(server, person, "Nightly", ["tasks:read"]);
  const exchanged = await call(server, "/api/token", { method: "POST", headers: headers("exchange", { "X-API-Key": key }) });
  const keyToken = (await exchanged.json()).access_token;
  const keyId = await accessKeyId(server, person);
  await submit(
    server,
    "/settings/access-keys",
    [
      ["intent", "revoke"],
      ["id", keyId],
    ],
    headers("revoke", { Cookie: cookie }),
  );
  await call(server, "/api/token", { method: "POST", headers: headers("revoked", { "X-API-Key": key }) });
  await call(server, "/api/me", { token: `${token}x`, headers: headers("refused") });
  await call(server, "/api/me", { headers: headers("no-token", { Authorization: "Bearer two words" }) });
  await submit(server, "/logout", [], headers("out", { Cookie: second }));
  const passwords = (currentPassword: string): [string, string][] => [
    ["currentPassword", currentPassword],
    ["newPassword", "another good password"],
  ];
  await submit(server, "/settings/password", passwords("a wrong password"), headers("not-changed", { Cookie: cookie }));
  await submit(server, "/settings/password", passwords(account.password), headers("changed", { Cookie: cookie }));

  const expected = [
    { event: "auth.sign_up", user_id: id },
    { event: "auth.token_issued", user_id: id, by: "session" },
    { event: "auth.sign_in_failed", request_id: "wrong", reason: "invalid_email_or_password" },
    { event: "auth.sign_in", request_id: "right", user_id: id },
    { event: "auth.access_key_made", user_id: id, key_id: keyId },
    { event: "auth.token_issued", request_id: "exchange", user_id: id, by: "access_key" },
    { event: "auth.access_key_revoked", request_id: "revoke", user_id: id, key_id: keyId },
    { event: "auth.access_key_refused", request_id: "revoked", reason: "unknown_key" },
    { event: "auth.token_refused", request_id: "refused", reason: "signature" },
    { event: "auth.token_refused", request_id: "no-token", reason: "malformed" },
    { event: "auth.sign_out", request_id: "out", user_id: id },
    { event: "auth.password_changed", request_id: "changed", user_id: id },
  ];
  await expect(() => expect(eventsAt(server, address)).toMatchObject(expected)).toPass({ timeout: 10_000 });
  for (const { request_id } of eventsAt(server, address)) expect(request_id).toMatch(/^[\w.-]+$/);

  const whole = server.log.join("\n");
  const cookies = [cookie, second].flatMap((pairs) => pairs.split("; ").map((pair) => pair.split("=")[1] ?? ""));
  const secrets = [account.password, "another good password", "a wrong password", token, keyToken, key, account.email, ...cookies].filter(
    Boolean,
  );
  for (const secret of secrets) {
    for (const form of [secret, decodeURIComponent(secret), encodeURIComponent(secret)]) expect(whole).not.toContain(form);
  }
  // Nor a usable part of one: a session's token without its signature, a JWT's signature.
  for (const part of [cookies[0]?.split(".")[0], token.split(".")[2], keyToken.split(".")[2]]) expect(whole).not.toContain(part);
});

test("ten failed sign-ins to one account from several addresses raise one alert", async ({ server }) => {
  const { account } = await newPerson(server);
  for (let time = 1; time <= 12; time++) {
    await submit(
      server,
      "/login",
      [
        ["email", account.email.toUpperCase()],
        ["password", "wrong"],
      ],
      { "X-Forwarded-For": anyAddress() },
    );
  }
  const alerts = () => server.log.filter((line) => line.includes('"auth.alert"') && line.includes('"account"'));
  await expect.poll(() => alerts().length).toBe(1);
  expect(JSON.parse(alerts()[0] ?? "")).toMatchObject({ level: "warn", event: "auth.alert", account: expect.any(String), count: 10 });
  expect(server.log.join("\n").toLowerCase()).not.toContain(account.email);
});

test("fifty rejected tokens in a minute raise one alert", async ({ server }) => {
  for (let time = 1; time <= 60; time++) await call(server, "/api/me", { token: "garbage" });
  await expect.poll(() => server.log.filter((line) => line.includes('"auth.alert"') && line.includes('"refused"')).length).toBe(1);
});

for (const [name, path] of [
  ["page", "/login"],
  ["endpoint", "/api/auth/sign-in/email"],
] as const) {
  test(`the fourth sign-in in ten seconds from one address is rejected, at the ${name}`, async ({ server }) => {
    const headers = { Origin: server.url, "X-Forwarded-For": anyAddress() };
    const account = { email: "nobody@example.com", password: "correct horse battery" };
    const signIn = () =>
      name === "page" ? submit(server, path, Object.entries(account), headers) : call(server, path, { json: account, headers });
    for (let time = 1; time <= 3; time++) expect((await signIn()).status).toBe(401);
    const refused = await signIn();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  });
}

test("only the X-Forwarded-For entry of the trusted proxy is used", async ({ server }) => {
  const address = anyAddress();
  for (const claimed of [anyAddress(), "127.0.0.1", "garbage", `${anyAddress()}, ${anyAddress()}`]) {
    await exchangeKey(server, "doable_guess", `${claimed}, ${address}`);
  }
  await expect.poll(() => eventsAt(server, address).length).toBe(4);
});

test("without a trusted proxy, X-Forwarded-For is ignored", async () => {
  await using server = await startServer({ TRUST_PROXY: "0" });
  const address = anyAddress();
  await exchangeKey(server, "doable_guess", address);
  await expect.poll(() => server.log.filter((line) => line.includes("auth.access_key_refused")).length).toBe(1);
  expect(eventsAt(server, address)).toEqual([]);
  expect(eventsAt(server, "127.0.0.1").length + eventsAt(server, "::1").length).toBe(1);
});

test("a caller can't choose the address that the server sees", async ({ server }) => {
  const address = anyAddress();
  const headers = { "X-API-Key": "doable_guess", "X-Client-IP": "10.66.66.66", "X-Real-IP": "10.66.66.66", "X-Forwarded-For": address };
  await call(server, "/api/token", { method: "POST", headers });
  await expect.poll(() => eventsAt(server, address).length).toBe(1);
  expect(eventsAt(server, "10.66.66.66")).toEqual([]);
});
