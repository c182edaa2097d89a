import { spawnSync } from "node:child_process";
import { test } from "./test.ts";

/** For tests of commands that users paste into a shell: our packages do not install those programs. */
export function skipWithout(...programs: string[]): void {
  for (const program of programs) test.skip(spawnSync(program, ["--version"]).error !== undefined, `There is no ${program} here.`);
}
