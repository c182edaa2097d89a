import { expect, test } from "vitest";
import type { UserRef } from "#app/context.ts";
import { capture } from "#app/tasks/capture/capture.ts";
import { captureContext, chipsOf } from "#app/tasks/capture/chips.ts";

const user: UserRef = {
  id: "1",
  name: "Ann",
  timezone: "Pacific/Kiritimati",
  weekStart: 7,
  clock: "12",
  theme: "system",
  captureLanguage: "en",
  dateOrder: null,
  origin: { type: "session" },
};
const lists = [{ id: "2", name: "Home" }];

function chips(text: string, rejected: string[] = [], who = user): [string, string][] {
  return chipsOf(capture(text, captureContext(who, { lists }, rejected)), who).map((chip) => [chip.text, chip.label]);
}

test("each recognized part becomes a chip in words, in the order of the text", () => {
  expect(chips("Pay rent tomorrow 5pm #home +Home !3")).toEqual([
    ["tomorrow", "Tomorrow"],
    ["5pm", "5pm"],
    ["#home", "#home"],
    ["+Home", "Home"],
    ["!3", "High priority"],
  ]);
});

test("the end of a repeat has a chip of its own, and a list that does not exist has none", () => {
  expect(chips("Stretch every day 5 times +Nowhere")).toEqual([
    ["every day", "Every day, 5 more times"],
    ["5 times", "5 times"],
  ]);
  expect(chips("Stretch every day until 31 Dec 2099").at(-1)).toEqual(["until 31 Dec 2099", "Until Thu 31 Dec 2099"]);
});

test("the context has what the user reads in", () => {
  expect(captureContext({ ...user, captureLanguage: "de", dateOrder: "mdy" }, { lists }, [])).toMatchObject({
    language: "de",
    dateOrder: "mdy",
  });
});

test("at most 50 rejected texts are used", () => {
  const many = Array.from({ length: 10_000 }, (_, index) => `z${index}`);
  expect(captureContext(user, { lists }, many).rejected).toEqual(many.slice(0, 50));
});

test("a repeat is described in words, and a time by the user's clock", () => {
  expect(chips("Stretch every weekday")).toEqual([["every weekday", "Every weekday"]]);
  expect(chips("Call 5pm", [], { ...user, clock: "24" })).toEqual([["5pm", "17:00"]]);
  expect(chips("Call 5pm")).toEqual([["5pm", "5pm"]]);
});

test("a rejected part has no chip, and plain text has none", () => {
  expect(chips("Pay tomorrow #home", ["tomorrow"])).toEqual([["#home", "#home"]]);
  expect(chips("Pay rent")).toEqual([]);
});

test("the context has the user's zone and first day of the week", () => {
  const { now, weekStart } = captureContext(user, { lists }, []);
  expect(now.timeZoneId).toBe("Pacific/Kiritimati");
  expect(weekStart).toBe(7);
  expect(captureContext({ ...user, weekStart: 6 }, { lists }, []).weekStart).toBe(6);
});
