import { dictionary } from "@zxcvbn-ts/language-common";
import { expect, test } from "vitest";
import { NewPassword } from "#app/auth/new-password.server.ts";

function refusal(password: unknown): string | undefined {
  return NewPassword.safeParse(password).error?.issues[0]?.message;
}

test("a new password has 10 to 128 characters, and keeps its outer spaces", () => {
  expect(refusal("ninechars")).toBe("At least 10 characters");
  expect(refusal("")).toBe("At least 10 characters");
  expect(refusal(`${"correct horse ".repeat(9)}123`)).toBe("At most 128 characters");
  for (const password of ["ten-chars!", "correct horse battery", "x".repeat(127).concat("y")]) expect(refusal(password)).toBeUndefined();
  expect(NewPassword.parse("  12a45678  ")).toBe("  12a45678  ");
});

test("one character repeated is refused, in either case and of any length", () => {
  for (const password of ["aaaaaaaaaa", "aAaAaAaAaAaA", "          ", "1".repeat(100), "ä".repeat(12), "🔑".repeat(11), "\n".repeat(10)])
    expect(refusal(password), password).toBe("That is one character repeated: choose another password");
  expect(refusal("aaaaaaaaab")).toBeUndefined();
});

test("the common passwords are refused, in any case", () => {
  for (const password of ["password123", "Password123", "QWERTYUIOP", "1q2w3e4r5t", "iloveyou123"])
    expect(refusal(password), password).toBe("Too many people use that password: choose another one");
  expect(refusal("correct horse battery")).toBeUndefined();
});

test("the list has the 10,000 commonest passwords, none of which is accepted", () => {
  const list = dictionary["passwords-common"];
  expect(list.length).toBeGreaterThan(10_000);
  expect(list.slice(0, 10_000).filter((password) => refusal(password) === undefined)).toEqual([]);
});
