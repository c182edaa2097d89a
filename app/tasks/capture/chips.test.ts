import { expect, test } from "vitest";
import type { UserRef } from "#app/context.ts";
import { capture } from "#app/tasks/capture/capture.ts";
import { captureContext, chipsOf } from "#app/tasks/capture/chips.ts";

const user: UserRef = { id: "1", name: "Ann", timezone: "Pacific/Kiritimati", weekStart: 7, clock: "12", theme: "system" };
const lists = [{ id: "2", name: "Home" }];

function chips(text: string, rejected: string[] = [], who = user): [string, string][] {
  return chipsOf(capture(text, captureContext(who, lists, rejected)), who).map((chip) => [chip.text, chip.label]);
}

test("each part that is understood is shown in words, in the order in which it was typed", () => {
  expect(chips("Pay rent tomorrow 5pm #home +Home !3")).toEqual([
    ["tomorrow", "Tomorrow"],
    ["5pm", "5pm"],
    ["#home", "#home"],
    ["+Home", "Home"],
    ["!3", "High priority"],
  ]);
});

test("of what was turned back into words no more is looked for than anybody would", () => {
  const many = Array.from({ length: 10_000 }, (_, index) => `z${index}`);
  expect(captureContext(user, lists, many).rejected).toEqual(many.slice(0, 50));
});

test("a repeat is told as a rule, and a time by the person's clock", () => {
  expect(chips("Stretch every weekday")).toEqual([["every weekday", "Every weekday"]]);
  expect(chips("Call 5pm", [], { ...user, clock: "24" })).toEqual([["5pm", "17:00"]]);
  expect(chips("Call 5pm")).toEqual([["5pm", "5pm"]]);
});

test("what was turned back into words is no chip, and without any there is none", () => {
  expect(chips("Pay tomorrow #home", ["tomorrow"])).toEqual([["#home", "#home"]]);
  expect(chips("Pay rent")).toEqual([]);
});

test("the text is read by the person's own clock and week", () => {
  const { now, weekStart } = captureContext(user, lists, []);
  expect(now.timeZoneId).toBe("Pacific/Kiritimati");
  expect(weekStart).toBe(7);
  expect(captureContext({ ...user, weekStart: 6 }, lists, []).weekStart).toBe(6);
});
