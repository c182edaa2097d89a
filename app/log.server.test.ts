import { expect, test } from "vitest";
import { createLog, inRequest, noteInRequest, requestMilliseconds } from "#app/log.server.ts";

function recorded(): { lines: () => Record<string, unknown>[]; log: ReturnType<typeof createLog> } {
  const texts: string[] = [];
  const log = createLog({ write: (text) => void texts.push(text) }, "debug");
  return { log, lines: () => texts.map((text) => JSON.parse(text)) };
}

test("lines that are logged for a request have its fields, also those noted later", async () => {
  const { log, lines } = recorded();
  await new Promise<void>((done) =>
    inRequest({ fields: { request_id: "one", method: "GET" }, began: performance.now() - 5 }, async () => {
      log.info("first");
      await Promise.resolve();
      noteInRequest({ route: "/tasks", user_id: "user-1" });
      log.info({ user_id: "user-2" }, "second");
      expect(requestMilliseconds()).toBeGreaterThanOrEqual(5);
      done();
    }),
  );
  noteInRequest({ route: "/elsewhere" });
  log.info("third");
  expect(lines()).toMatchObject([
    { msg: "first", level: "info", request_id: "one", method: "GET" },
    { msg: "second", request_id: "one", method: "GET", route: "/tasks", user_id: "user-2" },
    { msg: "third" },
  ]);
  expect(lines()[0]).not.toHaveProperty("route");
  expect(lines()[2]).not.toHaveProperty("request_id");
  expect(requestMilliseconds()).toBeUndefined();
});

test("of an error the row that broke a constraint is not logged", () => {
  const { log, lines } = recorded();
  const database = Object.assign(new Error("duplicate key"), { code: "23505", constraint: "task_pkey", detail: "(title)=(Very private)" });
  log.error({ err: new TypeError("It failed", { cause: database }) }, "failed");
  expect(lines()).toMatchObject([
    {
      err: {
        type: "TypeError",
        message: "It failed",
        stack: expect.stringContaining("log.server.test"),
        cause: { message: "duplicate key", code: "23505", constraint: "task_pkey" },
      },
    },
  ]);
  expect(JSON.stringify(lines())).not.toContain("private");
});
