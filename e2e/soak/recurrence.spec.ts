import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { call, newPerson } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

// Compares random rules with python3-dateutil. The oracle models the deliberate differences.

const ORACLE = fileURLToPath(new URL("../support/recurrence-oracle.py", import.meta.url));
const SEED = 20_261_129;
const RULES = 500;
const AT_ONCE = 8;

test.use({ serverEnv: { API_READS_PER_MINUTE: "1000000", API_WRITES_PER_MINUTE: "1000000" } });
test.skip(spawnSync("python3", ["-c", "import dateutil"]).status !== 0, "needs python3 with dateutil (python3-dateutil)");

const weekday = fc.constantFrom("MO", "TU", "WE", "TH", "FR", "SA", "SU");
const ordinal = fc.constantFrom(1, 2, 3, 4, 5, 5, -1, -2, -5, 6, -9, 20, 53, -53);
const ordinalDay = fc.tuple(ordinal, weekday).map((pair) => pair.join(""));
const monthDay = fc.oneof(
  fc.constantFrom(29, 30, 31, -1, -29, -30, -31),
  fc.integer({ min: 1, max: 28 }),
  fc.integer({ min: -28, max: -1 }),
);
const zones = fc.constantFrom("America/New_York", "Europe/London", "America/Nuuk", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC");

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Leap days and the ends of months too, around 2000 and 2100. */
const day = fc
  .record({
    year: fc.oneof(fc.integer({ min: 1996, max: 2032 }), fc.integer({ min: 2094, max: 2106 })),
    month: fc.integer({ min: 1, max: 12 }),
    date: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 28, max: 31 })),
  })
  .map(({ year, month, date }) => new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10));
const time = fc.record({ hour: fc.nat({ max: 23 }), minute: fc.nat({ max: 59 }) }).map(({ hour, minute }) => `${two(hour)}:${two(minute)}`);

function part(name: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.option(value, { nil: undefined }).map((given) => (given === undefined ? "" : `;${name}=${given}`));
}

function some<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> {
  return fc.array(value, { minLength: 1, maxLength: 4 });
}

const interval = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom(7, 12, 18, 28, 365, 999));

const nothing = fc.constant("");

/** The parts that RFC 5545 allows for the frequency. */
const pattern = fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY").chain((freq) => {
  const hasOrdinals = freq === "MONTHLY" || freq === "YEARLY";
  return fc
    .tuple(
      fc.constant(`FREQ=${freq}`),
      part("INTERVAL", interval),
      part("BYMONTH", some(fc.integer({ min: 1, max: 12 }))),
      freq === "WEEKLY" ? nothing : part("BYMONTHDAY", some(monthDay)),
      part("BYDAY", some(hasOrdinals ? fc.oneof(weekday, ordinalDay, ordinalDay) : weekday)),
      part("WKST", weekday),
    )
    .map((parts) => parts.join(""));
});

/** The years after the due date, so that the last of five dates may be the last of the rule. */
function ending(date: string): fc.Arbitrary<string> {
  const until = fc
    .record({
      days: fc.oneof(fc.integer({ min: -2, max: 8 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 3000 })),
      second: fc.nat({ max: 86_399 }),
    })
    .map(({ days, second }) => new Date(Date.parse(date) + days * 86_400_000 + second * 1000).toISOString().replaceAll(/[-:]|\.000/g, ""));
  return fc.oneof(
    nothing,
    fc.integer({ min: 1, max: 7 }).map((count) => `;COUNT=${count}`),
    until.map((instant) => `;UNTIL=${instant}`),
    until.map((instant) => `;UNTIL=${instant.replace("Z", "")}`),
    until.map((instant) => `;UNTIL=${instant.slice(0, 8)}`),
  );
}

interface Case {
  rrule: string;
  anchor: "due" | "completion";
  date: string;
  time: string | null;
  timezone: string;
}

const someCase: fc.Arbitrary<Case> = day.chain((date) =>
  fc
    .record({
      rule: pattern,
      end: ending(date),
      anchor: fc.constantFrom("due" as const, "due" as const, "completion" as const),
      time: fc.option(time),
      timezone: zones,
    })
    .map(({ rule, end, ...rest }) => ({ ...rest, rrule: rule + end, date })),
);

function oracle(cases: object[]): unknown[] {
  const input = cases.map((one) => `${JSON.stringify(one)}\n`).join("");
  const { stdout, stderr } = spawnSync("python3", [ORACLE], { input, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  expect(stderr).toBe("");
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("random rules have the dates that dateutil computes, and those that are refused have none", async ({ server }) => {
  test.setTimeout(300_000);
  const { token } = await newPerson(server);
  const cases = fc.sample(someCase, { seed: SEED, numRuns: RULES });
  const answers: (string[] | "refused")[] = [];

  async function preview({ rrule, anchor, ...due }: Case): Promise<string[] | "refused"> {
    const answer = await call(server, "/api/me/recurrence/preview", { token, json: { rrule, anchor, due } });
    if (answer.status === 422) return "refused";
    expect(answer.status).toBe(200);
    return (await answer.json()).dates;
  }
  const waiting = [...cases.entries()];
  async function worker(): Promise<void> {
    for (let next = waiting.pop(); next; next = waiting.pop()) answers[next[0]] = await preview(next[1]);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  const expected = oracle(cases.map((one, index) => ({ ...one, refused: answers[index] === "refused" })));
  const actual = answers.map((dates) => (dates === "refused" ? [] : dates));
  const wrong = cases.flatMap((one, index) =>
    JSON.stringify(actual[index]) === JSON.stringify(expected[index])
      ? []
      : [{ ...one, answer: answers[index], expected: expected[index] }],
  );
  expect(wrong.slice(0, 5), `${wrong.length} of ${RULES}`).toEqual([]);
  expect(answers.filter((dates) => dates === "refused").length).toBeGreaterThan(RULES / 100);
  expect(answers.flat().length).toBeGreaterThan(2 * RULES);
});
