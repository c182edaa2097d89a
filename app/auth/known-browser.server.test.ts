import { expect, test } from "vitest";
import { accountKey, browserKey, rememberAccount } from "#app/auth/known-browser.server.ts";

const [ann, ben] = [accountKey("ann@example.com"), accountKey("ben@example.com")];

test("an address has one key in any case, and the key does not show it", () => {
  expect(accountKey(" Ann@Example.COM ")).toBe(ann);
  expect(accountKey("anna@example.com")).not.toBe(ann);
  expect(ann).toMatch(/^[\w-]{22}$/);
  for (const email of [undefined, null, 5, {}, []]) expect(accountKey(email)).toBe(accountKey(""));
});

test("a browser is known to the accounts that it has signed in to, and to no other", () => {
  const cookie = rememberAccount(ann, undefined);
  expect(browserKey(ann, cookie)).toMatch(/^[\w-]{22}$/);
  expect(browserKey(ben, cookie)).toBeUndefined();
  for (const none of [undefined, null, ""]) expect(browserKey(ann, none)).toBeUndefined();
});

test("each browser and each account has a key of its own, which signing in again keeps", () => {
  const [one, other] = [rememberAccount(ann, undefined), rememberAccount(ann, undefined)];
  const both = rememberAccount(ben, one);
  const keys = [browserKey(ann, one), browserKey(ann, other), browserKey(ben, both)];
  expect(new Set(keys).size).toBe(3);
  expect(browserKey(ann, both)).toBe(browserKey(ann, one));
  expect(browserKey(ann, rememberAccount(ann, both))).toBe(browserKey(ann, one));
});

test("a cookie that was changed or made up counts as none", () => {
  const cookie = rememberAccount(ann, undefined);
  const [payload = "", signature = ""] = cookie.split(".");
  const forged = Buffer.from(JSON.stringify({ id: "x", accounts: [ann] })).toString("base64url");
  for (const text of [
    `${forged}.${signature}`,
    payload,
    `${payload}.`,
    `${cookie.slice(0, -1)}${cookie.endsWith("A") ? "B" : "A"}`,
    "x.y",
    ".",
  ])
    expect(browserKey(ann, text), text).toBeUndefined();
  expect(browserKey(ann, rememberAccount(ann, `${forged}.${signature}`))).toBeDefined();
});

test("the cookie keeps the eight accounts that signed in last", () => {
  const accounts = Array.from({ length: 10 }, (_, index) => accountKey(`user-${index}@example.com`));
  const cookie = accounts.reduce<string | undefined>((previous, account) => rememberAccount(account, previous), undefined);
  expect(accounts.map((account) => browserKey(account, cookie) !== undefined)).toEqual([false, false, ...Array(8).fill(true)]);
  expect(cookie?.length).toBeLessThan(400);
});
