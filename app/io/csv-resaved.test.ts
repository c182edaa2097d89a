import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { InvalidArchive } from "#app/io/archive.ts";
import { csvArchive } from "#app/io/csv.ts";
import { parseContent } from "#app/io/parse-content.ts";
import { camelKeys } from "#app/tasks/keys.ts";
import type { Task } from "#app/tasks/task.ts";
import { anyArchive } from "#app/testing/archives.ts";

const DATES = {
  "month/day": (day: Temporal.PlainDate) => `${day.month}/${day.day}/${day.year}`,
  "day/month": (day: Temporal.PlainDate) => `${String(day.day).padStart(2, "0")}/${String(day.month).padStart(2, "0")}/${day.year}`,
  "day.month": (day: Temporal.PlainDate) => `${day.day}.${day.month}.${day.year}`,
  "year-month": (day: Temporal.PlainDate) => day.toString(),
};

const TIMES = {
  "24 hours": (time: Temporal.PlainTime) => `${time.hour}:${String(time.minute).padStart(2, "0")}`,
  "24 hours with seconds": (time: Temporal.PlainTime) => time.toString({ smallestUnit: "second" }),
  "12 hours": (time: Temporal.PlainTime) => time.toLocaleString("en-US", { timeStyle: "medium" }),
};

/** How a spreadsheet saves what it has read. */
const resaving = fc.record({
  date: fc.constantFrom(...(Object.keys(DATES) as (keyof typeof DATES)[])),
  time: fc.constantFrom(...(Object.keys(TIMES) as (keyof typeof TIMES)[])),
  readsInstants: fc.boolean(),
  capitals: fc.boolean(),
  emptyColumns: fc.nat({ max: 3 }),
  separatorLine: fc.boolean(),
  format: fc.record({
    bom: fc.boolean(),
    delimiter: fc.constantFrom(",", ";", "\t"),
    record_delimiter: fc.constantFrom("\r\n", "\n", "\r"),
    quoted: fc.boolean(),
  }),
  encoding: fc.constantFrom<BufferEncoding[]>("utf8", "utf16le"),
});
type Resaving = typeof resaving extends fc.Arbitrary<infer T> ? T : never;

function resaved(csv: string, { date, time, readsInstants, capitals, emptyColumns, separatorLine, format, encoding }: Resaving): Buffer {
  const [names = [], ...rows] = parse(csv) as string[][];
  // Spreadsheets begin at 1900: earlier days remain text.
  const isText = (cell: string) => cell === "" || cell < "1900-03-01";
  const respell = (cell: string, name = "") => {
    if (isText(cell)) return cell;
    if (name.endsWith("_date")) return DATES[date](Temporal.PlainDate.from(cell));
    if (name === "due_time") return TIMES[time](Temporal.PlainTime.from(cell));
    if (!name.endsWith("_at") || !readsInstants) return cell;
    const local = Temporal.Instant.from(cell).toZonedDateTimeISO("UTC").toPlainDateTime();
    return `${DATES[date](local.toPlainDate())} ${local.toPlainTime().toString({ smallestUnit: "second" })}`;
  };
  const header = names.map((name) => (capitals ? `${name.charAt(0).toUpperCase()}${name.slice(1)}`.replaceAll("_", " ") : name));
  const table = [header, ...rows.map((row) => row.map((cell, index) => respell(cell, names[index])))];
  const text = stringify(
    table.map((row) => [...row, ...Array<string>(emptyColumns).fill("")]),
    { ...format, bom: false, quoted_match: /[\r\n]/ },
  );
  const line = separatorLine ? `sep=${format.delimiter}${format.record_delimiter}` : "";
  const mark = format.bom || encoding === "utf16le" ? "\ufeff" : "";
  return Buffer.from(`${mark}${line}${text}`, encoding);
}

/** Days of a file that a spreadsheet has read as days. */
function daysIn({ tasks }: Archive, { readsInstants }: Resaving): string[] {
  const days = tasks.flatMap((task) => [task.due?.date, task.start_date, task.occurrence_date]);
  const instants = tasks.flatMap((task) => [task.created_at, task.updated_at, task.completed_at, task.deleted_at]);
  return [...days, ...(readsInstants ? instants : [])].flatMap((day) => (day && day >= "1900-03-01" ? day.slice(0, 10) : []));
}
type Archive = typeof anyArchive extends fc.Arbitrary<infer T> ? T : never;

async function exported({ lists, tasks }: Archive): Promise<string> {
  async function* batches() {
    yield tasks.map((task) => ({ ...camelKeys(task), version: 1, changeSeq: 1 }) as unknown as Task);
  }
  let csv = "";
  for await (const chunk of csvArchive(new Map(lists.map(({ id, name }) => [id, name])), batches(), { forSpreadsheets: true }))
    csv += chunk;
  return csv;
}

/** Without the milliseconds, which spreadsheets drop. */
async function parsed(bytes: Buffer) {
  const archive = await parseContent(bytes, "csv");
  if (archive === undefined || archive instanceof InvalidArchive) return archive;
  return JSON.parse(JSON.stringify({ lists: archive.lists, tasks: archive.tasks }).replaceAll(/\.\d{3}Z"/g, 'Z"'));
}

test("an export that a spreadsheet has saved again is the same archive, or each cell with two readings is named", async () => {
  await fc.assert(
    fc.asyncProperty(anyArchive, resaving, async (archive, how) => {
      const csv = await exported(archive);
      const result = await parsed(resaved(csv, how));
      const days = how.date.includes("/") ? daysIn(archive, how).map((day) => Temporal.PlainDate.from(day)) : [];
      const unclear = days.every(({ day }) => day <= 12) ? days.filter(({ day, month }) => day !== month) : [];
      if (unclear.length === 0) {
        expect(result).toEqual(await parsed(Buffer.from(csv)));
        return;
      }
      expect(result).toMatchObject({ total: unclear.length });
      for (const { message } of (result as InvalidArchive).problems) expect(message).toContain("may have the day first");
    }),
    { numRuns: 150 },
  );
});
