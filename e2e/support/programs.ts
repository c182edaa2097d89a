import { spawnSync } from "node:child_process";
import { test } from "./test.ts";

/** For tests of what people would paste into a shell: it is theirs, and none of it comes with the packages. */
export function skipWithout(...programs: string[]): void {
  for (const program of programs) test.skip(spawnSync(program, ["--version"]).error !== undefined, `There is no ${program} here.`);
}
