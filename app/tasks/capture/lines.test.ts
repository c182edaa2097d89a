import fc from "fast-check";
import { expect, test } from "vitest";
import { captureLines } from "#app/tasks/capture/lines.ts";

test("each line is a task, and an indented one is a subtask of the last that is not", () => {
  expect(captureLines("Trip\n  Tickets\n\tHotel\n\t\tBreakfast\nHome\n   \n one space\r\n  Bags")).toEqual([
    { text: "Trip", parent: null, isDone: false },
    { text: "Tickets", parent: 0, isDone: false },
    { text: "Hotel", parent: 0, isDone: false },
    { text: "Breakfast", parent: 0, isDone: false },
    { text: "Home", parent: null, isDone: false },
    { text: "one space", parent: null, isDone: false },
    { text: "Bags", parent: 5, isDone: false },
  ]);
});

test.each([
  ["- Milk", "Milk"],
  ["* Milk", "Milk"],
  ["• Milk", "Milk"],
  ["1. Milk", "Milk"],
  ["12) Milk", "Milk"],
  ["[ ] Milk", "Milk"],
  ["[] Milk", "Milk"],
  ["- [x] Milk", "Milk"],
  ["1. [X] Milk", "Milk"],
  ["-5 degrees", "-5 degrees"],
  ["1.5 litres", "1.5 litres"],
  ["1984. A book", "1984. A book"],
  ["*bold*", "*bold*"],
  ["[link](x)", "[link](x)"],
  ["- - twice", "- twice"],
])("the bullet is removed: %s", (line, text) => {
  expect(captureLines(line).map((one) => one.text)).toEqual([text]);
});

test("a ticked checkbox is a done task", () => {
  const lines = captureLines("- [x] Milk\n  * [X] Oat\n[ ] Bread\n[] Rice\n- x Tea");
  expect(lines.map(({ isDone }) => isDone)).toEqual([true, true, false, false, false]);
});

test("lines with only a bullet are dropped", () => {
  expect(captureLines("-\n- [ ]\n1.\n\n")).toEqual([]);
});

test("common indentation does not count", () => {
  expect(captureLines("    Trip\n      Tickets\n    Home").map(({ parent }) => parent)).toEqual([null, 0, null]);
});

test("at most 200 lines are read by default", () => {
  expect(captureLines("Milk\n".repeat(300))).toHaveLength(200);
  expect(captureLines("Milk\n".repeat(300), 250)).toHaveLength(250);
});

test("a subtask's parent precedes it and is not a subtask itself", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", " ", "\t", "\n", "- ", "1. ", "[ ] ", "💡"), { maxLength: 60 }), (parts) => {
      const lines = captureLines(parts.join(""));
      for (const [i, { text, parent }] of lines.entries()) {
        expect(text.trim()).not.toBe("");
        if (parent !== null) expect(lines[parent]?.parent === null && parent < i).toBe(true);
      }
    }),
  );
});
