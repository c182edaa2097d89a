import { expect, test } from "vitest";
import { countFields, exceededJsonBudget } from "#app/http/budget.ts";
import { readForm } from "#app/http/form.ts";
import { Problem } from "#app/http/problem.ts";
import { readJson, readQuery } from "#app/http/read.ts";
import { TaskInputJson } from "#app/tasks/task.ts";
import { leastOf } from "#app/testing/least-of.ts";

const MEBIBYTE = 1024 * 1024;
const URLENCODED = "application/x-www-form-urlencoded";
const encoder = new TextEncoder();

function post(body: string, type: string): Request {
  return new Request("http://localhost/", { method: "POST", body, headers: { "Content-Type": type } });
}

const MILLISECONDS = 100;
const MEGABYTES = 64;

/** Neither 100 ms of CPU time of this thread, nor 64 MiB that it holds afterwards more than before. Returns the outcome. */
async function expectLittleCost<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
  const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const outcomes: Outcome[] = [];
  const cost = await leastOf(1, async () => {
    const [before, start] = [held(), process.threadCpuUsage()];
    outcomes.push(await work());
    const { user, system } = process.threadCpuUsage(start);
    return Math.max((user + system) / 1000 / MILLISECONDS, (held() - before) / MEBIBYTE / MEGABYTES);
  });
  expect(cost).toBeLessThan(1);
  return outcomes[0] as Outcome;
}

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (thrown) {
    return thrown;
  }
}

test("values and depth are counted outside strings only", () => {
  const exceeded = (text: string) => exceededJsonBudget(encoder.encode(text), { values: 4, depth: 2 });
  expect(exceeded('{"a": [1, 2]}')).toBeUndefined();
  expect(exceeded('["[[[[,,,,,,", "\\"[[[[,,,,"]')).toBeUndefined();
  expect(exceeded('["\\\\", [[1]]]')).toBe("must be nested at most 2 deep");
  expect(exceeded("[1, 2, 3, 4]")).toBe("must have at most 4 values");
  expect(exceeded('"unclosed [[[[,,,,,')).toBeUndefined();
});

test("fields are counted by ampersands, or by the boundary", () => {
  expect(countFields(encoder.encode("a=1&b=2&"), URLENCODED)).toBe(3);
  const multipart = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n--y--\r\n--x--';
  for (const type of ["multipart/form-data; boundary=x", 'multipart/form-data; Boundary="x"; charset=utf-8'])
    expect(countFields(encoder.encode(multipart), type), type).toBe(2);
});

for (const [what, body] of [
  ["opening brackets", "[".repeat(MEBIBYTE)],
  ["empty objects", `[${"{},".repeat(MEBIBYTE / 3 - 1)}{}]`],
  ["unknown fields", JSON.stringify(Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`f${index}`, 1])))],
  [
    "as many unknown fields as are read",
    JSON.stringify(Object.fromEntries(Array.from({ length: 19_000 }, (_, index) => [`f${index}`, 1]))),
  ],
  ["as many wrong labels as are read", JSON.stringify({ title: "x", labels: new Array(19_000).fill(7) })],
] as const) {
  test(`a JSON body of ${what} costs little, and gets at most 100 problems`, async () => {
    const thrown = await expectLittleCost(() => thrownBy(() => readJson(post(body, "application/json"), TaskInputJson)));
    expect(thrown).toBeInstanceOf(Problem);
    const document = (thrown as Problem).document("");
    expect(document.status).toBe(422);
    expect(document.errors?.length).toBeLessThanOrEqual(101);
    expect(JSON.stringify(document).length).toBeLessThan(20_000);
  });
}

test("the last problem says how many more there are", async () => {
  const fields = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`f${index}`, 1]));
  const thrown = await thrownBy(() => readJson(post(JSON.stringify({ title: "x", ...fields }), "application/json"), TaskInputJson));
  expect((thrown as Problem).document("").errors?.at(-1)).toEqual({ pointer: "", message: "and 50 more" });
});

test("a query of more than 100 parameters is refused", async () => {
  const url = new URL(`http://localhost/?${"a&".repeat(5_000)}`);
  expect(await thrownBy(() => readQuery(url, TaskInputJson))).toMatchObject({
    code: "invalid_fields",
    details: { errors: [{ pointer: "?" }] },
  });
});

const manyParts = `${'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(20_000)}--x--\r\n`;
const oneHeader = `--x\r\n${"a:\r\n".repeat(250_000)}\r\n\r\n--x--\r\n`;

for (const [what, type, body, status] of [
  ["524,000 empty pairs", URLENCODED, "a&".repeat(MEBIBYTE / 2), 413],
  ["1,000 pairs of 1,000 characters", URLENCODED, `a=${"%41".repeat(340)}&`.repeat(999), undefined],
  ["1,000 unnamed pairs", URLENCODED, "&".repeat(999), undefined],
  ["20,000 parts", "multipart/form-data; boundary=x", manyParts, 413],
  ["one part with 250,000 header fields", "multipart/form-data; boundary=x", oneHeader, 400],
] as const) {
  test(`a form of ${what} costs little`, async () => {
    const outcome = await expectLittleCost(() => thrownBy(() => readForm(post(body, type))));
    if (status) expect(outcome).toMatchObject({ init: { status } });
    else expect(outcome).toBeInstanceOf(FormData);
  });
}

test("a file of 10 MiB costs little to receive", async () => {
  const body = `--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${"-".repeat(10 * MEBIBYTE)}\r\n--x--\r\n`;
  await expectLittleCost(() => readForm(post(body, "multipart/form-data; boundary=x")));
});
