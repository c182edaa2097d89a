import { Client } from "pg";
import { call, newPerson, newTask, submit } from "../support/api.ts";
import { type LogLine, logLines } from "../support/log.ts";
import { type DoableServer, startServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

test.use({ serverEnv: { LOG_LEVEL: "debug" } });

test.describe.configure({ mode: "default" });

async function accessLine(server: DoableServer, requestId: string): Promise<LogLine> {
  const lines = () => logLines(server).filter(({ event, request_id }) => event === "http.request" && request_id === requestId);
  await expect.poll(lines, requestId).toHaveLength(1);
  return lines()[0] as LogLine;
}

test("each request is logged once, by its route pattern, at info if it changes something or fails", async ({ server }) => {
  const { id, token, cookie, account } = await newPerson(server);
  const task = await newTask(server, token);
  const page = { Cookie: cookie };
  const form: [string, string][] = [
    ["intent", "create"],
    ["title", "Very private"],
  ];
  const sent: [expected: Record<string, unknown>, send: (headers: Record<string, string>) => Promise<Response>][] = [
    [
      { level: "info", method: "POST", route: "/api/:userId/tasks", status: 201, user_id: id },
      (headers) => call(server, `/api/${id}/tasks`, { token, headers, json: { title: "Very private" } }),
    ],
    [
      { level: "debug", method: "GET", route: "/api/:userId/tasks", status: 200, user_id: id },
      (headers) => call(server, "/api/me/tasks?q=private", { token, headers }),
    ],
    [
      { level: "info", method: "GET", route: "/api/:userId/tasks/:taskId", status: 404, user_id: id },
      (headers) => call(server, `/api/me/tasks/${crypto.randomUUID()}`, { token, headers }),
    ],
    [{ level: "info", method: "GET", route: "/api/me", status: 401 }, (headers) => call(server, "/api/me", { token: "garbage", headers })],
    [
      { level: "info", method: "POST", route: "/inbox", status: 302, user_id: id },
      (headers) => submit(server, "/inbox", form, { ...page, ...headers }),
    ],
    [
      { level: "debug", method: "GET", route: "/task/:taskId", status: 200, user_id: id },
      (headers) => call(server, `/task/${task.id}`, { headers: { ...page, ...headers } }),
    ],
    [
      { level: "debug", method: "GET", route: "/tasks", status: 200, user_id: id },
      (headers) => call(server, "/tasks.data?q=private", { headers: { ...page, ...headers } }),
    ],
    [{ level: "info", method: "GET", route: "/*", status: 404 }, (headers) => call(server, "/nothing/private", { headers })],
    [{ level: "debug", method: "GET", status: 200 }, (headers) => call(server, "/icon.svg", { headers })],
    [
      { level: "info", method: "POST", status: 403 },
      (headers) => call(server, "/api/auth/sign-out", { json: {}, headers: { ...headers, ...page, "Sec-Fetch-Site": "cross-site" } }),
    ],
  ];
  for (const [expected, send] of sent) {
    const requestId = crypto.randomUUID();
    await send({ "X-Request-Id": requestId });
    const { time, ms, msg, event, ...line } = await accessLine(server, requestId);
    expect(line).toEqual({ ...expected, request_id: requestId });
    expect(ms).toBeGreaterThan(0);
  }
  const whole = server.log.join("\n");
  for (const secret of ["rivate", task.id, token, account.email, "garbage", "q="]) expect(whole).not.toContain(secret);
});

test("a request that can't be parsed is logged without its bytes", async ({ server }) => {
  const before = server.log.length;
  await fetch(server.url, { headers: { "X-Private": "x".repeat(40_000) } }).catch(() => undefined);
  await expect
    .poll(() => logLines(server).slice(before))
    .toContainEqual(expect.objectContaining({ event: "http.unparsed", level: "info" }));
  expect(server.log.join("\n")).not.toContain("xxxxxxxx");
});

test("lines of Better Auth are JSON", async ({ server }) => {
  const { account } = await newPerson(server);
  const headers = { Origin: server.env.BETTER_AUTH_URL ?? "", "X-Request-Id": "wrong-password" };
  await call(server, "/api/auth/sign-in/email", { json: { ...account, password: "a wrong password" }, headers });
  const lines = logLines(server).filter(({ event }) => event === "auth.library");
  expect(lines).toContainEqual(expect.objectContaining({ msg: "Invalid password", request_id: "wrong-password" }));
});

test.describe("on Postgres", () => {
  test.skip(!process.env.TEST_DATABASE_URL, "another connection makes statements slow and tables unreadable");
  test.describe.configure({ timeout: 120_000 });

  async function execute({ env }: DoableServer, statement: string): Promise<void> {
    const client = new Client(env.DATABASE_URL);
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  test("a slow statement is logged by its name, without its values", async () => {
    await using server = await startServer();
    const { id, token } = await newPerson(server);
    await execute(
      server,
      `create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(0.3); return new; end $$;
       create trigger dawdle before insert on task for each row execute function dawdle()`,
    );
    const headers = { "X-Request-Id": "slow" };
    await call(server, "/api/me/tasks", { token, headers, json: { title: "Very private" } });
    const slow = logLines(server).filter(({ event }) => event === "db.slow_statement");
    expect(slow.length).toBeGreaterThan(0);
    expect(slow[0]).toMatchObject({ level: "warn", request_id: "slow", route: "/api/:userId/tasks", method: "POST", user_id: id });
    expect(slow[0]).toMatchObject({ statement: expect.stringMatching(/^[\w-]{24}$/), sql: expect.stringContaining("insert into") });
    expect(slow[0]?.ms).toBeGreaterThan(300);
    expect(server.log.join("\n")).not.toContain("Very private");
  });

  test("a fault is logged with its request, its response is counted by its reason", async () => {
    await using server = await startServer({ METRICS_TOKEN: "only-for-tests-only-for-tests" });
    const { id, token } = await newPerson(server);
    await execute(server, "alter table task rename to away");
    await call(server, "/api/me/tasks", { token, headers: { "X-Request-Id": "fault" } });
    const [fault] = logLines(server).filter(({ event }) => event === "api.fault");
    expect(fault).toMatchObject({
      level: "error",
      request_id: "fault",
      route: "/api/:userId/tasks",
      method: "GET",
      user_id: id,
      status: 503,
    });
    expect(fault?.ms).toBeGreaterThan(0);
    expect(fault?.err).toMatchObject({ type: "error", code: "42P01" });
    expect(await accessLine(server, "fault")).toMatchObject({ level: "info", status: 503, unavailable: "setup" });
    const metrics = await (await call(server, "/metrics", { token: "only-for-tests-only-for-tests" })).text();
    expect(metrics).toMatch(/^doable_unavailable_responses_total\{reason="setup"\} [1-9]/m);
  });
});
