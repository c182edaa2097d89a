import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import type { DoableServer } from "../support/server.ts";
import { anyAddress, expect, test } from "../support/test.ts";

const MEBIBYTE = 1024 * 1024;
const URLENCODED = "application/x-www-form-urlencoded";

/** Text of the size that an import may have. */
function filled(start: string, part: string): string {
  return start + part.repeat(Math.floor((10 * MEBIBYTE - start.length) / part.length));
}

for (const [what, type, body, message] of [
  ["empty cells", "text/csv", filled("", ","), "must have at most 100 cells"],
  ["empty objects", "application/json", filled('{"version":1,"tasks":[', "{},"), "must have at most 1,000,000 values"],
  ["opening brackets", "application/json", filled("", "["), "must be nested at most 32 deep"],
] as const) {
  test(`an import of 10 MiB of ${what} is refused, and the server goes on`, async ({ server }) => {
    const { token } = await newPerson(server);
    const answer = await importing(server, token, type, body);
    expect((await problemOf(answer, 422, "invalid_fields")).errors).toMatchObject([{ message }]);
    expect((await call(server, "/healthz")).status).toBe(200);
    await newTask(server, token);
  });
}

test("an import with more problems than are reported says how many more there are", async ({ server }) => {
  const { token } = await newPerson(server);
  const answer = await importing(server, token, "text/csv", `title,priority\n${"x,9\n".repeat(20_000)}`);
  const { errors } = await problemOf(answer, 422, "invalid_fields");
  expect(errors).toHaveLength(101);
  expect(errors?.at(-1)).toEqual({ pointer: "", message: "and 19,900 more" });
});

test("a body with 90,000 unknown fields gets a short answer", async ({ server }) => {
  const { token } = await newPerson(server);
  const json = Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`f${index}`, 1]));
  for (const path of ["/api/me/tasks", "/api/me/lists", "/api/me/tasks/batch"]) {
    const answer = await call(server, path, { token, json });
    expect(Number(answer.headers.get("Content-Length")), path).toBeLessThan(1_000);
    expect(pointersOf(await problemOf(answer, 422, "invalid_fields")), path).toEqual([""]);
  }
});

for (const path of ["/login", "/login.data", "/signup", "/api/auth/sign-in/email", "/api/auth/sign-up/email"]) {
  test(`a form of more than 16 KiB at ${path} is refused, with or without its length`, async ({ server }) => {
    const headers = { "Content-Type": URLENCODED, Origin: server.url, "X-Forwarded-For": anyAddress() };
    const body = "a&".repeat(MEBIBYTE / 2);
    expect((await call(server, path, { method: "POST", body, headers })).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body.slice(0, 17 * 1024)));
        controller.close();
      },
    });
    const chunked = await fetch(server.url + path, { method: "POST", body: stream, headers, duplex: "half" } as RequestInit);
    expect(chunked.status).toBe(413);
  });
}

test("the limits of visitors' addresses hold for other spellings of them", async ({ server }) => {
  const headers = { "Content-Type": URLENCODED, Origin: server.url, "X-Forwarded-For": anyAddress() };
  const body = "a&".repeat(MEBIBYTE / 2);
  for (const path of ["/%6cogin", "/%73ignup"])
    expect((await call(server, path, { method: "POST", body, headers })).status, path).toBe(413);
  // No endpoint, so nothing parses the body.
  expect((await call(server, "/api/%61uth/sign-in/email", { method: "POST", body, headers })).status).toBe(404);
});

test("a long note is still taken where one is signed in, and a form of more than 1,000 fields is not", async ({ server }) => {
  const { cookie, token } = await newPerson(server);
  const { id } = await newTask(server, token);
  const headers = { Cookie: cookie, Origin: server.url, "Content-Type": URLENCODED };
  const refused = await call(server, `/task/${id}`, { method: "POST", body: "a&".repeat(1_000), headers });
  expect(refused.status).toBe(413);
  const file = new FormData();
  for (let index = 0; index < 1_001; index++) file.append("file", "");
  const parts = await call(server, "/settings/data", { body: file, headers: { Cookie: cookie, Origin: server.url } });
  expect(parts.status).toBe(413);
});

test("a query of more than 100 parameters is refused", async ({ server }) => {
  const { token } = await newPerson(server);
  const answer = await call(server, `/api/me/tasks?${"label=a&".repeat(101)}`, { token });
  expect(pointersOf(await problemOf(answer, 422, "invalid_fields"))).toEqual(["?"]);
});

test("of two imports at once one is told to come again, and every other request is answered", async ({ server }) => {
  const people = [await newPerson(server), await newPerson(server)];
  const rows = Array.from({ length: 20_000 }, (_, index) => `Task ${index},${"A note. ".repeat(20)}\n`);
  const large = people.map(({ token }) => importing(server, token, "text/csv", `title,notes\n${rows.join("")}`));
  for (const { token } of people) expect((await call(server, "/api/me", { token })).status).toBe(200);
  const [done, refused] = (await Promise.all(large)).sort((a, b) => a.status - b.status);
  expect(await done?.json()).toMatchObject({ tasks: { created: 20_000 } });
  expect(refused?.status).toBe(503);
  expect(Number(refused?.headers.get("Retry-After"))).toBeGreaterThan(0);
  for (const { token } of people) expect((await importing(server, token, "text/csv", "title\nMilk\n")).status).toBe(200);
});

test("a file whose import has to wait is kept", async ({ server }) => {
  const [busy, waiting] = [await newPerson(server), await newPerson(server)];
  const headers = { Cookie: waiting.cookie, Origin: server.url };
  const form = new FormData();
  form.append("file", new File(["title\nMilk\n"], "milk.csv"));
  expect((await call(server, "/settings/data", { body: form, headers })).status).toBe(302);
  const page = await (await call(server, "/settings/data/import", { headers })).text();
  const fields = { id: /name="id" value="([^"]+)"\/><button[^>]* value="import"/.exec(page)?.[1] ?? "", intent: "import" };
  const rows = Array.from({ length: 20_000 }, (_, index) => `Task ${index}\n`);
  const large = importing(server, busy.token, "text/csv", `title\n${rows.join("")}`);
  const submit = () => call(server, "/settings/data/import", { body: new URLSearchParams(fields), headers });
  let answer = await submit();
  while (answer.status === 503) answer = await submit();
  expect(answer.status).toBe(302);
  expect(answer.headers.get("Location")).toContain("did=imported");
  await large;
});

function importing(server: DoableServer, token: string, type: string, body: string): Promise<Response> {
  return call(server, "/api/me/import?dry_run=true", { token, method: "POST", body, headers: { "Content-Type": type } });
}
