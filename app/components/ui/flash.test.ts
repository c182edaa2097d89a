import { expect, test } from "vitest";
import { FLASH_TEXTS, flashFrom, withFlash, withoutFlash, withParams } from "#app/components/ui/flash.ts";

function flashOf(query: string) {
  return flashFrom(new URLSearchParams(query));
}

test("a message has the text of its code, the next day, and counts of more than one", () => {
  expect(flashOf("did=skipped&next=Mon+30+Nov&change=7")).toEqual({
    text: `${FLASH_TEXTS.skipped} Next: Mon 30 Nov`,
    change: "7",
    isPersistent: false,
  });
  expect(flashOf("did=completed&count=1&left=0")?.text).toBe(FLASH_TEXTS.completed);
  expect(flashOf("did=completed&count=2&left=1")?.text).toBe(`${FLASH_TEXTS.completed} 2 tasks. 1 could not be.`);
});

test("only refusals stay until another message replaces them", () => {
  const persistent = Object.keys(FLASH_TEXTS).filter((code) => flashOf(`did=${code}`)?.isPersistent);
  expect(persistent).toEqual(["refused", "full"]);
});

test("an unknown code is no message", () => {
  for (const query of ["", "did=", "did=unknown", "did=toString", "count=2"]) expect(flashOf(query)).toBeUndefined();
});

test("an action's message replaces the one before it and closes the editor", () => {
  const url = new URL("http://localhost/tasks?label=a&label=b&edit=1&field=title&did=moved&change=6&next=x&count=3&left=2");
  expect(withFlash(url, "saved", { change: 7, count: 2 })).toBe("/tasks?label=a&label=b&did=saved&change=7&count=2");
  expect(withoutFlash(url)).toBe("/tasks?label=a&label=b");
  expect(withoutFlash(new URL("http://localhost/tasks?did=moved&change=6"))).toBe("/tasks");
});

test("a link keeps the other parameters, and drops those of the message", () => {
  const search = new URLSearchParams("status=done&label=a&label=b&did=saved&left=1");
  expect(withParams(search, { sort: "due" })).toBe("?status=done&label=a&label=b&sort=due");
  expect(withParams(search, { label: ["c", "d"], status: undefined })).toBe("?label=c&label=d");
  expect(withParams(search, { label: [], status: undefined })).toBe(".");
});
