import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { createLog } from "#app/log.server.ts";
import { logConsole, logProcess } from "#app/server/process-log.server.ts";

function recorded() {
  const texts: string[] = [];
  const log = createLog({ write: (text) => void texts.push(text) }, "debug");
  return { log, lines: (): Record<string, unknown>[] => texts.map((text) => JSON.parse(text)) };
}

test("what is written to the console is logged without further arguments", () => {
  const { log, lines } = recorded();
  const target = { ...console };
  logConsole(log, target);
  target.error("# SERVER_ERROR: ", new Error("It failed"), { cookie: "secret" }, "secret");
  target.warn("Careful");
  target.log({ cookie: "secret" });
  expect(lines()).toMatchObject([
    { level: "error", event: "console", msg: "# SERVER_ERROR:", err: { message: "It failed" } },
    { level: "warn", event: "console", msg: "Careful" },
    { level: "info", event: "console" },
  ]);
  expect(JSON.stringify(lines())).not.toContain("secret");
});

test("warnings of the process and the error that ends it are logged", () => {
  const { log, lines } = recorded();
  const exits: number[] = [];
  const target = Object.assign(new EventEmitter(), { exit: (code: number) => void exits.push(code) });
  target.on("warning", () => expect.unreachable());
  logProcess(log, target as unknown as NodeJS.Process);
  target.emit("warning", new Error("Old API"));
  target.emit("uncaughtException", new Error("Unforeseen"));
  expect(lines()).toMatchObject([
    { level: "warn", event: "process.warning", msg: "Old API" },
    { level: "fatal", event: "process.crashed", err: { message: "Unforeseen" } },
  ]);
  expect(exits).toEqual([1]);
});
