import { sql } from "kysely";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";
import { prepared } from "#app/db/prepared.ts";

test("each value is sent as the parameters that use it", () => {
  const statement = prepared(({ userId, title }: { userId: string; title: string | null }) =>
    db.selectFrom("task").select("id").where("userId", "=", userId).where(sql<boolean>`title is not distinct from ${title}`).limit(2),
  );
  const first = statement({ title: "Milk", userId: "a" });
  expect(first.parameters).toEqual(["a", "Milk", 2]);
  const second = statement({ userId: "b", title: null });
  expect(second.parameters).toEqual(["b", null, 2]);
  expect(second.sql).toBe(first.sql);
  expect(first.parameters).toEqual(["a", "Milk", 2]);
});

test("a statement is built once, at its first use", () => {
  let built = 0;
  const statement = prepared(({ id }: { id: string }) => {
    built += 1;
    return db.selectFrom("task").select("id").where("id", "=", id);
  });
  expect(built).toBe(0);
  statement({ id: "a" });
  statement({ id: "b" });
  expect(built).toBe(1);
});
