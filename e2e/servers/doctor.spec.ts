import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyData } from "../support/data.ts";
import { hasPgBouncer, startPgBouncer } from "../support/pgbouncer.ts";
import { skipWithout } from "../support/programs.ts";
import { freePort, run, startServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const DOCTOR = "app/cli/doctor.ts";

test.describe.configure({ timeout: 120_000 });

/** The checks that were printed, without the spaces between the columns. */
function lines(output: string[]): string[] {
  return output.map((line) => line.replaceAll(/ {2,}/g, " "));
}

test("the doctor prints a line for each check, restores a dump, and ends with 0 if nothing fails", async () => {
  if (process.env.TEST_DATABASE_URL) skipWithout("pg_dump", "pg_restore");
  await using server = await startServer();
  const isEmbedded = server.env.DATABASE_URL === undefined;
  if (isEmbedded) {
    const { code, output } = await run(DOCTOR, server.env);
    expect(code).toBe(1);
    expect(lines(output)[0]).toContain(`fail database another process is using ${server.env.DATA_DIR}: stop it first`);
    await server.stop();
  }
  const { code, output } = await run(DOCTOR, server.env, ["--restore"]);
  const checks = ["database", "migrations", "secret", ...(isEmbedded ? [] : ["time-outs"]), "writes", "clock", "restore"];
  expect(lines(output).map((line) => line.split(" ", 2).join(" "))).toEqual([
    ...checks.map((check) => `ok ${check}`),
    expect.stringMatching(/^\w+ disk$/),
  ]);
  expect(lines(output).at(-2)).toMatch(/^ok restore a dump restored all \d+ rows of \d+ tables$/);
  expect(code).toBe(0);
});

test("a database that can't be used fails, and the doctor ends with 1", async () => {
  const port = await freePort();
  const env = { DATABASE_URL: `postgres://127.0.0.1:${port}/doable`, BETTER_AUTH_SECRET: randomUUID() };
  const { code, output } = await run(DOCTOR, env);
  expect(code).toBe(1);
  expect(lines(output)).toEqual([
    `fail database 127.0.0.1:${port} can't be used (connect ECONNREFUSED 127.0.0.1:${port}): start it, or correct DATABASE_URL`,
    expect.stringMatching(/^\w+ disk /),
  ]);
});

test("without an embedded database the doctor says how to create one, and creates nothing", async () => {
  const DATA_DIR = join(tmpdir(), `doable-doctor-${randomUUID()}`);
  const { code, output } = await run(DOCTOR, { DATA_DIR });
  expect(code).toBe(1);
  expect(lines(output)[0]).toBe(`fail database there is no database in ${DATA_DIR} yet: npm start creates one`);
  expect(existsSync(DATA_DIR)).toBe(false);
});

test("an unknown option is an error in one line", async () => {
  const { code, output } = await run(DOCTOR, {}, ["--repair"]);
  expect(code).toBe(1);
  expect(output).toEqual([expect.stringContaining("--repair")]);
});

test("on an empty Postgres database the doctor says what the first start will do", async () => {
  test.skip(!process.env.TEST_DATABASE_URL, "needs a Postgres");
  const { env, remove } = await emptyData();
  const { code, output } = await run(DOCTOR, env);
  await remove();
  expect(code).toBe(0);
  expect(lines(output)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^warn migrations \d+ have not run \(the first is 2026-11-21T09-00-accounts\): the next start runs them$/),
      "warn secret not checked: the first start creates the tables",
      "warn writes not checked: the first start creates the tables",
    ]),
  );
});

test.describe("behind a connection pooler", () => {
  test.skip(!process.env.TEST_DATABASE_URL || !hasPgBouncer(), "needs a Postgres and a PgBouncer");

  for (const [mode, state, text] of [
    ["session", "ok", ", over a connection pooler in session mode"],
    ["transaction", "warn", ", over a connection pooler in transaction mode, where migrations can't run: set DATABASE_MIGRATION_URL"],
    ["statement", "fail", ", over a connection pooler in statement mode, which has no transactions: set its mode to transaction"],
  ] as const)
    test(`the doctor recognizes ${mode} mode`, async () => {
      await using server = await startServer();
      await using pooler = await startPgBouncer(server.env.DATABASE_URL ?? "", { mode });
      const { code, output } = await run(DOCTOR, { ...server.env, DATABASE_URL: pooler.url });
      expect(lines(output)[0]).toMatch(new RegExp(`^${state} database Postgres .*${text}`));
      expect(code).toBe(state === "fail" ? 1 : 0);
    });

  test("time-outs that the role lacks, and a dump through the pooler, are reported with the way out", async () => {
    await using server = await startServer();
    const direct = server.env.DATABASE_URL ?? "";
    await using pooler = await startPgBouncer(direct);
    const without = await run(DOCTOR, { ...server.env, DATABASE_URL: pooler.url }, ["--restore"]);
    expect(without.code).toBe(1);
    expect(lines(without.output)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^warn time-outs the pooler does not pass them on: alter role \w+ set statement_timeout = '30s'; alter role/),
        "fail restore pg_dump needs a direct connection: set DATABASE_MIGRATION_URL",
      ]),
    );
    const env = { ...server.env, DATABASE_URL: pooler.url, DATABASE_MIGRATION_URL: direct };
    const withBoth = await run(DOCTOR, { ...env, PATH: "/nowhere" }, ["--restore"]);
    expect(lines(withBoth.output)[0]).toMatch(/^ok database .* in transaction mode, and directly for migrations$/);
    expect(lines(withBoth.output)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^fail restore pg_dump is not installed: install Postgres's client programs/)]),
    );
  });
});
