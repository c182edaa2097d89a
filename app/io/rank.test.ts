import fc from "fast-check";
import { generateKeyBetween } from "fractional-indexing";
import { expect, test } from "vitest";
import { highestChangeNumber, isRank } from "#app/io/rank.ts";

test("a rank leaves room for others before and after it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0189AZaklz!é "), maxLength: 14 }), (text) => {
      if (!isRank(text)) return;
      expect(generateKeyBetween(text, null) > text).toBe(true);
      expect(generateKeyBetween(null, text) < text).toBe(true);
    }),
  );
});

test("our own ranks are accepted; texts that are no rank or leave no room at the end are refused", () => {
  for (const rank of ["a0", "a0V", "Zz", "k00000000001", "k0000000000100001V", "k00999999999"]) expect(isRank(rank), rank).toBe(true);
  const wrong = ["", "a", "a00", "!0", "a0!", "k123", "k01000000000", "k99999999999", "z", `a0${"1".repeat(200)}`];
  for (const text of wrong) expect(isRank(text), text).toBe(false);
});

test("the highest change number is found among ranks of any kind", () => {
  expect(highestChangeNumber([])).toBe(0);
  expect(highestChangeNumber(["a0", undefined, "k00000000007", "k0000000001200001V", "Zz"])).toBe(12);
});
