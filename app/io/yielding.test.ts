import { expect, test } from "vitest";
import { slicesOf } from "#app/io/yielding.ts";

async function slices(values: number[], limit: number, weightOf?: (value: number) => number): Promise<number[][]> {
  const found: number[][] = [];
  for await (const slice of slicesOf(values, limit, weightOf)) found.push(slice);
  return found;
}

test("values are sliced in their order, by their number or their weight", async () => {
  expect(await slices([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(await slices([1, 2, 3, 9, 1], 3, (value) => value)).toEqual([[1, 2], [3], [9], [1]]);
  expect(await slices([], 2)).toEqual([]);
});

test("other work of the event loop runs between slices", async () => {
  let turns = 0;
  const seen: number[] = [];
  let next = setImmediate(function count() {
    turns++;
    next = setImmediate(count);
  });
  for await (const _slice of slicesOf([1, 2, 3], 1)) seen.push(turns);
  clearImmediate(next);
  expect(new Set(seen).size).toBe(3);
});
