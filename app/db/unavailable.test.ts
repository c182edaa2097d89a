import { expect, test } from "vitest";
import { isAway, isUnavailable } from "#app/db/unavailable.ts";

function failure(code: string): Error {
  return Object.assign(new Error("failed"), { code });
}

test("a server that is away, stopping, starting or full is unavailable", () => {
  for (const code of ["08000", "08006", "57P01", "57P02", "57P03", "53300", "ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT"]) {
    expect(isUnavailable(failure(code)), code).toBe(true);
  }
});

test("a statement that was refused is not", () => {
  for (const code of ["23505", "22P02", "42601", "53200", "ENOENT", "ERR_INVALID_ARG_TYPE"]) {
    expect(isUnavailable(failure(code)), code).toBe(false);
  }
  expect(isUnavailable(new Error("syntax error at Connection terminated"))).toBe(false);
});

test("a statement that was given up may pass the next time, and says nothing against its connection", () => {
  for (const code of ["40001", "40P01", "55P03", "57014"]) {
    expect(isUnavailable(failure(code)), code).toBe(true);
    expect(isAway(failure(code)), code).toBe(false);
  }
});

test("what the driver says without a code is known by its words", () => {
  for (const message of ["Connection terminated unexpectedly", "timeout exceeded when trying to connect", "Query read timeout"]) {
    expect(isUnavailable(new Error(message)), message).toBe(true);
  }
});

test("a cause counts, and so does one of several", () => {
  expect(isUnavailable(new Error("query failed", { cause: failure("57P01") }))).toBe(true);
  expect(isUnavailable(new AggregateError([new Error("x"), failure("ECONNREFUSED")]))).toBe(true);
  expect(isUnavailable(new AggregateError([new Error("x")]))).toBe(false);
});

test("what is no error is not unavailable", () => {
  for (const thrown of [undefined, null, "ECONNREFUSED", { code: "ECONNREFUSED" }]) expect(isUnavailable(thrown)).toBe(false);
});
