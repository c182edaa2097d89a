import { expect, test } from "vitest";
import { flashFrom, withFlash, withoutFlash, withParams } from "#app/components/ui/flash.ts";
import { FLASH_TEXTS } from "#app/components/ui/flash-texts.ts";

function flashOf(query: string) {
  return flashFrom(new URLSearchParams(query));
}

test("a message names one task by its title and several by their number", () => {
  expect(flashOf("did=skipped&title=Water&value=Mon+30+Nov&change=7")).toEqual({
    text: "Skipped “Water”. Next: Mon 30 Nov.",
    change: "7",
    show: undefined,
    isUndo: false,
    isPersistent: false,
  });
  expect(flashOf("did=moved&count=3&value=Tomorrow")?.text).toBe("Moved 3 tasks to Tomorrow.");
  expect(flashOf("did=deleted&title={count}&count=2")?.text).toBe("Deleted “{count}”.");
});

test("tasks that could not be changed are counted in a sentence of their own", () => {
  expect(flashOf("did=saved&count=2&left=1")?.text).toBe("Saved 2 tasks. 1 task couldn't be changed.");
  expect(flashOf("did=moved&title=Thesis&value=Home&left=2")?.text).toBe("Moved “Thesis” to Home. 2 tasks couldn't be changed.");
  expect(flashOf("did=saved&title=Thesis&left=0")?.text).toBe("Saved “Thesis”.");
});

test("a message without a task has the text of its code, if that needs none", () => {
  expect(flashOf("did=saved")?.text).toBe(FLASH_TEXTS.saved);
  expect(flashOf("did=saved&count=1")?.text).toBe(FLASH_TEXTS.saved);
  expect(flashOf("did=deleted")).toBeUndefined();
});

test("a message links to pages of ours only", () => {
  const id = "0195d2a0-7e6b-7000-8000-000000000000";
  for (const page of ["/today", "/upcoming", "/inbox", "/trash", "/tasks", "/tasks?status=done", `/lists/${id}`, `/task/${id}`])
    expect(flashFrom(new URLSearchParams({ did: "saved", show: page }))?.show).toBe(page);
  for (const page of ["//evil.example", "https://evil.example", "/logout", "/task/../logout", "/today//evil.example", "/tasks?did=saved"])
    expect(flashFrom(new URLSearchParams({ did: "saved", show: page }))?.show).toBeUndefined();
});

test("a long title is cut between words, or between characters", () => {
  const cut = (title: string) =>
    flashFrom(new URL(withFlash(new URL("http://localhost/today"), "deleted", { title }), "http://x").searchParams);
  expect(cut("👍".repeat(49))?.text).toBe(`Deleted “${"👍".repeat(48)}…”.`);
  expect(cut("Renew the passport before the trip to Portugal in May")?.text).toBe(
    "Deleted “Renew the passport before the trip to Portugal…”.",
  );
  expect(cut("👍".repeat(48))?.text).toBe(`Deleted “${"👍".repeat(48)}”.`);
});

test("the message of an undo says what was undone, and offers to redo it", () => {
  expect(flashOf("did=undone&change=7&value=added+“$1”")).toMatchObject({ text: "Undone: added “$1”.", change: "7", isUndo: true });
  expect(flashOf("did=redone&change=8&value=added+“Milk”")).toMatchObject({ text: "Redone: added “Milk”.", change: "8", isUndo: false });
  expect(flashOf("did=undone")?.text).toBe("Undone.");
  expect(flashOf("did=saved&value=anything")?.text).toBe("Saved.");
});

test("only refusals stay until another message replaces them", () => {
  const persistent = Object.keys(FLASH_TEXTS).filter((code) => flashOf(`did=${code}`)?.isPersistent);
  expect(persistent).toEqual(["refused", "full"]);
});

test("an unknown code is no message", () => {
  for (const query of ["", "did=", "did=unknown", "did=toString", "count=2"]) expect(flashOf(query)).toBeUndefined();
});

test("an action's message replaces the one before it and closes the editor", () => {
  const url = new URL(
    "http://localhost/tasks?label=a&label=b&edit=1&field=title&did=moved&change=6&title=x&value=x&show=/trash&count=3&left=2",
  );
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
