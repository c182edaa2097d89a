import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "#app/tasks/store/paging.server.ts";

const position = fc.tuple(fc.array(fc.string({ unit: "binary" }).filter((key) => key.isWellFormed())), fc.uuid());

test("a cursor decodes to the position it was encoded from", () => {
  fc.assert(
    fc.property(position, fc.string(), (at, scope) => {
      expect(decodeCursor(encodeCursor(at, scope), scope)).toEqual(at);
    }),
  );
});

test("a cursor does not decode in another scope", () => {
  fc.assert(
    fc.property(position, fc.string(), fc.string(), (at, scope, other) => {
      fc.pre(scope !== other);
      expect(decodeCursor(encodeCursor(at, scope), other)).toBeUndefined();
    }),
  );
});

test("an altered cursor does not decode", () => {
  const cursor = encodeCursor([["k00000000001"], randomUUID()], "scope");
  for (let at = 0; at < cursor.indexOf("."); at++) {
    for (const character of ["A", "z", "-"]) {
      if (cursor[at] === character) continue;
      expect(decodeCursor(cursor.slice(0, at) + character + cursor.slice(at + 1), "scope")).toBeUndefined();
    }
  }
  expect(decodeCursor(cursor.slice(0, -1), "scope")).toBeUndefined();
  expect(decodeCursor(`${cursor}A`, "scope")).toBeUndefined();
});

test("arbitrary text does not decode as a cursor", () => {
  const typed = fc.oneof(fc.string({ unit: "binary" }), fc.base64String(), fc.constantFrom("", ".", "..", "\0", "null", "W10."));
  fc.assert(
    fc.property(typed, (cursor) => {
      expect(decodeCursor(cursor, "scope")).toBeUndefined();
    }),
  );
});
