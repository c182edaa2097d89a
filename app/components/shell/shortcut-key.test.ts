import { expect, test } from "vitest";
import { alphabetOf, shortcutKey } from "#app/components/shell/shortcut-key.ts";

function press(key: string, code: string, shiftKey = false) {
  return { key, code, shiftKey };
}

test("a Latin letter counts by its character, wherever a layout has it", () => {
  // AZERTY, QWERTZ and Dvorak.
  expect(shortcutKey(press("q", "KeyA"))).toBe("q");
  expect(shortcutKey(press("m", "Semicolon"))).toBe("m");
  expect(shortcutKey(press("z", "KeyY"))).toBe("z");
  expect(shortcutKey(press("j", "KeyC"))).toBe("j");
});

test("Caps Lock has no effect, and Shift has its own with and without it", () => {
  expect(shortcutKey(press("C", "KeyC"))).toBe("c");
  expect(shortcutKey(press("x", "KeyX", true))).toBe("X");
  expect(shortcutKey(press("X", "KeyX", true))).toBe("X");
  expect(shortcutKey(press("С", "KeyC"))).toBe("c");
});

test("letters of other alphabets count by their place", () => {
  for (const [key, code, letter] of [
    ["с", "KeyC", "c"],
    ["я", "KeyZ", "z"],
    ["ψ", "KeyC", "c"],
    ["ζ", "KeyZ", "z"],
    ["ד", "KeyS", "s"],
    ["ظ", "Slash", "/"],
  ] as const)
    expect(shortcutKey(press(key, code))).toBe(letter);
  expect(shortcutKey(press("Ч", "KeyX", true))).toBe("X");
  expect(shortcutKey(press("х", "BracketLeft"))).toBe("х");
});

test("punctuation in the place of a letter counts as that letter, but not beside Latin letters", () => {
  expect(shortcutKey(press(";", "KeyQ"))).toBe("q");
  expect(shortcutKey(press(";", "KeyQ"), "other")).toBe("q");
  expect(shortcutKey(press(",", "KeyM"), "latin")).toBe(",");
  expect(shortcutKey(press(";", "KeyZ"), "latin")).toBe(";");
});

test("other keys keep their names", () => {
  expect(shortcutKey(press("Delete", "Delete"), "other")).toBe("Delete");
  expect(shortcutKey(press("/", "KeyQ"), "other")).toBe("/");
  expect(shortcutKey(press("?", "Digit7", true), "other")).toBe("?");
  expect(shortcutKey(press("1", "Digit1"), "other")).toBe("1");
});

test("only letters have an alphabet", () => {
  expect(["q", "é", "я", "ψ", ";", "5", "Enter"].map(alphabetOf)).toEqual(["latin", "latin", "other", "other", ...Array(3)]);
});
