import { call, exchangeKey, makeAccessKey, newPerson } from "../support/api.ts";
import { faultsOf } from "../support/log.ts";
import { send, sendBytes } from "../support/raw.ts";
import { bearer, expect, test } from "../support/test.ts";

const CROSS_SITE = { "Sec-Fetch-Site": "cross-site" };

for (const [what, lines] of [
  ["no Host", ""],
  ["an empty Host", "Host:\r\n"],
  ["a blank Host", "Host:   \r\n"],
  ["two Hosts", "Host: localhost\r\nHost: localhost\r\n"],
  ["two Hosts, one in capitals", "Host: localhost\r\nHOST: elsewhere.example\r\n"],
  ["two Authorizations", "Host: localhost\r\nAuthorization: Bearer x\r\nauthorization: Bearer y\r\n"],
] as const) {
  test(`${what} are refused everywhere`, async ({ server }) => {
    for (const path of ["/", "/login", "/api/me", "/api/auth/get-session", "/icon.svg", "/healthz"]) {
      const answer = await sendBytes(server, `GET ${path} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);
      expect(answer, path).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer, path).toMatch(/^x-request-id: ./im);
    }
  });
}

test("an origin is scheme, host and port", async ({ server }) => {
  const { cookie } = await newPerson(server);
  const { hostname, port } = new URL(server.url);
  const headers = { Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded" };
  const post = (path: string, origin: string) =>
    send(server, { method: "POST", path, headers: { ...headers, Origin: origin }, chunks: ["lines=a"] });
  for (const origin of [
    `https://${hostname}:${port}`,
    `http://${hostname}`,
    `http://${hostname}:1`,
    `http://elsewhere.${hostname}:${port}`,
  ]) {
    for (const path of ["/today", "/today.data", "/logout", "/capture"]) {
      const refused = await post(path, origin);
      expect([refused.status, refused.headers["content-type"]], `${path} from ${origin}`).toEqual([400, "text/html; charset=utf-8"]);
      expect(refused.headers["set-cookie"]).toBeUndefined();
    }
    const signOut = await call(server, "/api/auth/sign-out", { json: {}, headers: { Cookie: cookie, Origin: origin } });
    expect(signOut.status, origin).toBe(403);
  }
  expect((await post("/capture", server.url)).status).toBe(200);
});

test("what a cookie authorises takes no post that a browser calls cross-site", async ({ server }) => {
  const { cookie } = await newPerson(server);
  const headers = { Cookie: cookie, Origin: server.url, ...CROSS_SITE };
  for (const path of ["/today", "/today.data", "/logout", "/login", "/settings", "/capture"]) {
    const id = crypto.randomUUID();
    const body = new URLSearchParams({ intent: "create", title: "Planted" });
    const answer = await call(server, path, { body, headers: { ...headers, "X-Request-Id": id } });
    expect(answer.status, path).toBe(400);
    expect(faultsOf(server, id)).toEqual([]);
  }
  const signOut = await call(server, "/api/auth/sign-out", { json: {}, headers });
  expect([signOut.status, await signOut.json()]).toEqual([403, expect.objectContaining({ code: "CROSS_SITE" })]);
  const today = await call(server, "/today", { headers: { Cookie: cookie, ...CROSS_SITE } });
  expect(today.status).toBe(200);
  expect(await today.text()).not.toContain("Planted");
});

test("a refused origin is no fault of a page's, in a document or in data", async ({ server }) => {
  for (const path of ["/login", "/login.data", "/today", "/settings/data"]) {
    for (const origin of ["https://elsewhere.example", "null", "not an origin"]) {
      const id = crypto.randomUUID();
      const headers = { Origin: origin, "X-Request-Id": id };
      expect((await call(server, path, { body: new URLSearchParams(), headers })).status, `${path} from ${origin}`).toBe(400);
      expect(faultsOf(server, id)).toEqual([]);
    }
  }
});

test("a refused origin is no error of Better Auth's endpoints", async ({ server }) => {
  const { cookie } = await newPerson(server);
  const origin = `https://${crypto.randomUUID()}.example`;
  const answer = await call(server, "/api/auth/sign-out", { json: {}, headers: { Cookie: cookie, Origin: origin } });
  expect(answer.status).toBe(403);
  await expect.poll(() => server.log.filter((line) => line.includes(origin)).map((line) => JSON.parse(line).level)).toEqual(["warn"]);
});

test("what a token or a key authorises is open to pages of any site, in a browser that is signed in too", async ({ server }) => {
  const person = await newPerson(server);
  const headers = { ...CROSS_SITE, Origin: "https://elsewhere.example", Cookie: person.cookie };
  const made = await call(server, "/api/me/tasks", { json: { title: "Pay rent" }, headers: { ...headers, ...bearer(person.token) } });
  expect(made.status).toBe(201);
  const key = await makeAccessKey(server, person, "Nightly", ["tasks:read"]);
  expect((await exchangeKey(server, key)).status).toBe(200);
  expect((await call(server, "/api/token", { method: "POST", headers: { ...headers, "X-API-Key": key } })).status).toBe(200);
});
