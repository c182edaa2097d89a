import { setTimeout as delay } from "node:timers/promises";
import { checkClock, checkDisk, checkMigrations, checkSecret, checkTimeouts, checkWrites } from "#app/cli/doctor/checks.server.ts";
import { checkDatabase } from "#app/cli/doctor/database.server.ts";
import { checkRestore } from "#app/cli/doctor/restore.server.ts";
import { fail, type Result, reasonOf, warn } from "#app/cli/doctor/result.ts";
import { isMissingTable } from "#app/db/errors.ts";
import { env } from "#app/env.server.ts";

export interface Finding extends Result {
  check: string;
}

/** Milliseconds for a check. Restoring a dump has no limit. */
const TIME_LIMIT = 30_000;

/** Checks one thing after the other. What needs the database is left out if that can't be used. */
export async function* examine({ restore }: { restore: boolean }): AsyncGenerator<Finding> {
  const database = await inTime("database", checkDatabase);
  yield database;
  if (database.state !== "fail") {
    yield inTime("migrations", checkMigrations);
    yield inTime("secret", checkSecret);
    if (env.DATABASE_URL) yield inTime("time-outs", checkTimeouts);
    yield inTime("writes", checkWrites);
    yield inTime("clock", checkClock);
    if (restore) yield { check: "restore", ...(await resultOf(checkRestore)) };
  }
  yield inTime("disk", checkDisk);
}

async function inTime(check: string, work: () => Promise<Result>): Promise<Finding> {
  const noAnswer = fail(`no answer for ${TIME_LIMIT / 1000} s`);
  return { check, ...(await Promise.race([resultOf(work), delay(TIME_LIMIT, noAnswer, { ref: false })])) };
}

async function resultOf(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isMissingTable(error)) return warn("not checked: the first start creates the tables");
    return fail(reasonOf(error));
  }
}
