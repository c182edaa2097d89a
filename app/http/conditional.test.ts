import { expect, test } from "vitest";
import { entityTag, ifMatch, isNotModified } from "#app/http/conditional.ts";
import { Problem } from "#app/http/problem.ts";

function withHeader(name: string, value: string): Request {
  return new Request("http://localhost/", { headers: { [name]: value } });
}

function versions(value: string): number[] | undefined {
  return ifMatch(withHeader("If-Match", value));
}

function unmodified(value: string, version: number): boolean {
  return isNotModified(withHeader("If-None-Match", value), version);
}

const MALFORMED = ["7", "'7'", '"7', '7"', '"7" "8"', '"7""8"', '"7" *', '*, "7"', '"7"; "8"', 'w/"7"', 'W/ "7"', "W/7", '"a b"', "", ","];

test("the entity tag of a version is strong", () => {
  expect(entityTag(7)).toBe('"7"');
});

test("without If-Match, or with *, every version matches", () => {
  expect(ifMatch(new Request("http://localhost/"))).toBeUndefined();
  expect(versions("*")).toBeUndefined();
});

test("If-Match matches each version in its list", () => {
  expect(versions('"7"')).toEqual([7]);
  expect(versions('"7", "8","9"')).toEqual([7, 8, 9]);
});

test("If-Match never matches weak tags or tags that are not a version", () => {
  expect(versions('W/"7"')).toEqual([]);
  expect(versions('W/"7", "8"')).toEqual([8]);
  expect(versions('"", "abc", "07", "-1", "7.0", "1e3", "0", "99999999999999999999"')).toEqual([]);
});

test("list members may be empty, and tags may contain commas (RFC 9110, sections 5.6.1.2 and 8.8.3)", () => {
  expect(versions(', "7", ,"8" ,')).toEqual([7, 8]);
  expect(versions('"a,b", "7"')).toEqual([7]);
  expect(unmodified('"6,7"', 7)).toBe(false);
});

test("anything but a list of entity tags is malformed, in both headers", () => {
  for (const value of MALFORMED) {
    for (const read of [versions, (header: string) => unmodified(header, 7)]) {
      expect(() => read(value), value).toThrow(expect.objectContaining({ code: "malformed_request" }));
    }
  }
  expect(() => versions("7")).toThrow(Problem);
});

test("If-None-Match is compared weakly", () => {
  expect(unmodified('"7"', 7)).toBe(true);
  expect(unmodified('W/"7"', 7)).toBe(true);
  expect(unmodified('"6", W/"7"', 7)).toBe(true);
  expect(unmodified("*", 7)).toBe(true);
  expect(unmodified('"6"', 7)).toBe(false);
  expect(unmodified('"07"', 7)).toBe(false);
  expect(isNotModified(new Request("http://localhost/"), 7)).toBe(false);
});

test("a header of 200,000 blanks is parsed in linear time", () => {
  expect(() => versions(`"1",${" ".repeat(200_000)}x`)).toThrow(Problem);
  expect(versions(`"1",${" ".repeat(200_000)}"2"`)).toEqual([1, 2]);
});
