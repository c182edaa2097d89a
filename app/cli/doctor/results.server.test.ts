import { expect, test } from "vitest";
import { clockResult, diskResult } from "#app/cli/doctor/checks.server.ts";
import { routeResult } from "#app/cli/doctor/database.server.ts";
import { compare } from "#app/cli/doctor/restore.server.ts";

test.for([
  ["direct", undefined, "ok", "a direct connection"],
  ["session", undefined, "ok", "a connection pooler in session mode"],
  ["transaction", "direct", "ok", "in transaction mode, and directly for migrations"],
  ["transaction", "session", "ok", "in transaction mode, and directly for migrations"],
  ["transaction", undefined, "warn", "set DATABASE_MIGRATION_URL to the direct URL"],
  ["transaction", "transaction", "fail", "DATABASE_MIGRATION_URL must be the direct URL"],
  ["statement", "direct", "fail", "set its mode to transaction"],
] as const)("connections that are %s, and for migrations %s: %s", ([kind, migrationKind, state, text]) => {
  expect(routeResult("Postgres 18", kind, migrationKind)).toEqual({ state, text: expect.stringContaining(text) });
});

test.for([
  [0, "ok", "less than a second"],
  [-999, "ok", "less than a second"],
  [1_000, "warn", "1.0 s ahead: synchronize"],
  [-4_900, "warn", "4.9 s behind: synchronize"],
  [5_000, "fail", "5.0 s ahead: synchronize"],
  [-60_000, "fail", "60.0 s behind: synchronize"],
] as const)("a clock that is %i ms ahead: %s", ([ahead, state, text]) => {
  expect(clockResult(ahead)).toEqual({ state, text: expect.stringContaining(text) });
});

test.for([
  [1_000, "ok", "1.0 GB are free in /data"],
  [999, "warn", "1.0 GB are free in /data: free some more"],
  [100, "warn", "0.1 GB are free in /data: free some more"],
  [99, "fail", "0.1 GB are free in /data: free some more"],
] as const)("a disk with %i free megabytes: %s", ([megabytes, state, text]) => {
  expect(diskResult("/data", megabytes)).toEqual({ state, text });
});

test("a restored dump that lacks rows or tables fails, and names the tables", () => {
  const original = new Map([
    ["list", 2],
    ["task", 30],
    ["user", 1],
  ]);
  expect(compare(original, new Map(original))).toEqual({ state: "ok", text: "a dump restored all 33 rows of 3 tables" });
  expect(compare(original, new Map([...original].slice(0, 2)).set("task", 29))).toEqual({
    state: "fail",
    text: "rows are missing after restoring a dump (task: 29 of 30, user: none of 1): don't rely on it as a backup",
  });
});
