import { expect, test } from "vitest";
import { isConnectionError, isUnavailable } from "#app/db/errors.ts";

function failure(code: string): Error {
  return Object.assign(new Error("failed"), { code });
}

test("a server that is unreachable, stopping, starting or full is unavailable", () => {
  for (const code of [
    "08000",
    "08006",
    "57P01",
    "57P02",
    "57P03",
    "53300",
    "25006",
    "53100",
    "53200",
    "53400",
    "58030",
    "ECONNREFUSED",
    "ECONNRESET",
    "ENOTFOUND",
    "ETIMEDOUT",
  ]) {
    expect(isUnavailable(failure(code)), code).toBe(true);
  }
});

test("a rejected statement is not unavailable", () => {
  for (const code of ["23505", "22P02", "42601", "ENOENT", "ERR_INVALID_ARG_TYPE"]) {
    expect(isUnavailable(failure(code)), code).toBe(false);
  }
  expect(isUnavailable(new Error("syntax error at Connection terminated"))).toBe(false);
});

test("a statement that may succeed when repeated is unavailable, but not a connection error", () => {
  for (const code of ["40001", "40P01", "55P03", "57014"]) {
    expect(isUnavailable(failure(code)), code).toBe(true);
    expect(isConnectionError(failure(code)), code).toBe(false);
  }
});

test("errors of the driver without a code are recognized by their message", () => {
  for (const message of ["Connection terminated unexpectedly", "timeout exceeded when trying to connect", "Query read timeout"]) {
    expect(isUnavailable(new Error(message)), message).toBe(true);
  }
});

test("the cause of an error counts, and each error of an aggregate", () => {
  expect(isUnavailable(new Error("query failed", { cause: failure("57P01") }))).toBe(true);
  expect(isUnavailable(new AggregateError([new Error("x"), failure("ECONNREFUSED")]))).toBe(true);
  expect(isUnavailable(new AggregateError([new Error("x")]))).toBe(false);
});

test("a thrown value that is not an error is not unavailable", () => {
  for (const thrown of [undefined, null, "ECONNREFUSED", { code: "ECONNREFUSED" }]) expect(isUnavailable(thrown)).toBe(false);
});
