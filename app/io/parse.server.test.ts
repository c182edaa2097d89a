import { expect, test } from "vitest";
import { Overloaded } from "#app/db/errors.ts";
import { type ArchiveFormat, InvalidArchive } from "#app/io/archive.ts";
import { oneImportAtATime, parseArchive } from "#app/io/parse.ts";
import { longestTurn } from "#app/testing/event-loop.ts";
import { leastOf } from "#app/testing/least-of.ts";

const SIZE = 10 * 1024 * 1024;

function repeated(text: string, start = ""): Uint8Array {
  return Buffer.from(start + text.repeat(Math.floor((SIZE - start.length) / text.length)));
}

/** Files of 10 MiB with as many parts as fit, and the problem that they are refused with. */
const FILES: [what: string, format: ArchiveFormat, bytes: Uint8Array, problem: string][] = [
  ["empty cells", "csv", repeated(","), "#row=1 must have at most 100 cells"],
  ["empty cells below a header", "csv", repeated(",", "title\n"), "#row=2 must have at most 100 cells"],
  ["rows of 100 cells", "csv", repeated(`${",".repeat(99)}\n`, "title\n"), " must have at most 1,200,000 cells"],
  ["quotes that never end", "csv", repeated('","'), "#row=1 must have at most 200,000 characters"],
  ["empty rows", "csv", repeated("\n", "title\n"), " must have at most 1,200,000 cells"],
  ["opening brackets", "json", repeated("["), " must be nested at most 32 deep"],
  ["empty objects", "json", repeated("{},", '{"version":1,"tasks":['), " must have at most 1,000,000 values"],
  ["numbers", "json", repeated("1,", "["), " must have at most 1,000,000 values"],
];

for (const [what, format, bytes, problem] of FILES) {
  test(`10 MiB of ${what} are refused: under 100 ms of the main thread, and 64 MB of memory in the other`, async () => {
    const time = await leastOf(100, async () => {
      const start = process.threadCpuUsage();
      const parsed = await parseArchive(bytes, format, { maxOldGenerationSizeMb: 56, maxYoungGenerationSizeMb: 8 });
      const { user, system } = process.threadCpuUsage(start);
      expect(parsed).toBeInstanceOf(InvalidArchive);
      expect((parsed as InvalidArchive).problems.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([problem]);
      return (user + system) / 1000;
    });
    expect(time).toBeLessThan(100);
  });
}

test("a file that takes more memory than an import may is refused, and the next one is read", async () => {
  const limits = { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 };
  const parsed = await parseArchive(largest("json"), "json", limits);
  expect(parsed).toMatchObject({ problems: [{ pointer: "", message: "takes too much memory to read: import it in parts" }] });
  expect(await parseArchive(Buffer.from("title\nMilk\n"), "csv", limits)).toMatchObject({ tasks: [{ title: "Milk" }] });
});

for (const format of ["json", "csv"] as const) {
  test(`the largest ${format} file that can be imported never takes the main thread for 100 ms at a time`, async () => {
    const longest = await leastOf(100, async () => {
      const parsing = parseArchive(largest(format), format);
      const turn = await longestTurn(parsing);
      expect(await parsing).toMatchObject({ tasks: { length: 50_000 } });
      return turn;
    });
    expect(longest).toBeLessThan(100);
  });
}

function largest(format: ArchiveFormat): Uint8Array {
  const numbers = Array.from({ length: 50_000 }, (_, index) => index);
  if (format === "csv") return Buffer.from(`title,notes,labels\n${numbers.map((n) => `Task ${n},${"x".repeat(150)},"a,b,c"\n`).join("")}`);
  const tasks = numbers.map((n) => ({ title: `Task ${n}`, notes: "x".repeat(120), labels: ["a", "b", "c"] }));
  return Buffer.from(JSON.stringify({ version: 1, tasks }));
}

test("a second import is refused while one runs, and runs after it", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = oneImportAtATime(() => promise);
  await expect(oneImportAtATime(async () => "second")).rejects.toBeInstanceOf(Overloaded);
  resolve("first");
  expect(await first).toBe("first");
  expect(await oneImportAtATime(async () => "third")).toBe("third");
  await expect(oneImportAtATime(() => Promise.reject(new Error("a fault")))).rejects.toThrow("a fault");
  expect(await oneImportAtATime(async () => "fourth")).toBe("fourth");
});
