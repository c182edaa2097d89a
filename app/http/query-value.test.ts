import { expect, test } from "vitest";
import { queryInteger } from "#app/http/query-value.ts";

test("a number of a query that is out of its range is one error", () => {
  for (const text of ["", "ten", "-1", "0", "201", "1e2", "1".repeat(20)]) {
    expect(
      queryInteger(1, 200)
        .safeParse(text)
        .error?.issues.map(({ message }) => message),
    ).toEqual(["must be a whole number from 1 to 200"]);
  }
  expect(["1", "200", "010"].map((text) => queryInteger(1, 200).parse(text))).toEqual([1, 200, 10]);
});
