import { expect } from "@playwright/test";
import { run } from "./server.ts";

/** Runs a program that can't start. It must exit with 1 and log why in one line without a stack, whose message this returns. */
export async function refusalOf(env: Record<string, string>, program = "build/server/index.js"): Promise<string> {
  const { code, output } = await run(program, env);
  expect(code).toBe(1);
  // On a busy machine there may also be a warning of a slow statement.
  const fatal = output.map((line) => JSON.parse(line)).filter(({ level }) => level === "fatal");
  expect(fatal).toEqual([expect.objectContaining({ event: "server.cannot_start", msg: expect.not.stringContaining("\n") })]);
  expect(fatal[0]).not.toHaveProperty("err");
  return fatal[0].msg;
}
