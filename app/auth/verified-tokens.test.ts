import { expect, test } from "vitest";
import { VerifiedTokens } from "#app/auth/verified-tokens.ts";

const verified = { header: { alg: "EdDSA", kid: "1" }, key: new Uint8Array(), claims: { sub: "someone" } };

test("a token is found only by its full text", () => {
  const tokens = new VerifiedTokens(2);
  tokens.add("header.claims.signature", verified);
  expect(tokens.find("header.claims.signature")).toBe(verified);
  for (const other of ["header.claims.signaturf", "header.claims.", "header.claims", ""]) expect(tokens.find(other)).toBeUndefined();
});

test("the oldest token is evicted when the cache is full", () => {
  const tokens = new VerifiedTokens(2);
  for (const token of ["first", "second", "third"]) tokens.add(token, verified);
  expect(["first", "second", "third"].map((token) => tokens.find(token) !== undefined)).toEqual([false, true, true]);
});
