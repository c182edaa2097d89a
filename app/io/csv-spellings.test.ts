import { expect, test } from "vitest";
import { InvalidArchive } from "#app/io/archive.ts";
import { parseCsvArchive } from "#app/io/csv.ts";
import { formatOf, parseArchive } from "#app/io/parse.ts";

const TASK = { title: "Milk" };

async function tasksIn(csv: string) {
  const parsed = await parseCsvArchive(csv);
  return parsed instanceof InvalidArchive ? parsed.problems.map(({ pointer, message }) => `${pointer} ${message}`) : parsed.tasks;
}

/** The only cell of the column beside a title; with a due date if the column needs one. */
async function valueIn(column: string, cell: string) {
  return tasksIn(
    `title,${column === "due_time" ? "due_date," : ""}${column}\nMilk,${column === "due_time" ? "2026-12-01," : ""}"${cell}"\n`,
  );
}

test.each([
  ["2026-12-1", "2026-12-01"],
  ["2026/12/01", "2026-12-01"],
  [" 2026-12-01 ", "2026-12-01"],
  ["1.12.2026", "2026-12-01"],
  ["13/12/2026", "2026-12-13"],
  ["12/13/2026", "2026-12-13"],
  ["12-12-2026", "2026-12-12"],
  ["2026-12-01 00:00:00", "2026-12-01"],
  ["2026-12-01T00:00:00.000", "2026-12-01"],
  ["13/12/2026 0:00", "2026-12-13"],
  ["12/13/2026 12:00:00 AM", "2026-12-13"],
])("a day may be spelled %j", async (cell, date) => {
  expect(await valueIn("due_date", cell)).toMatchObject([{ due: { date } }]);
  expect(await valueIn("start_date", cell)).toMatchObject([{ start_date: date }]);
});

test.each(["2026-12", "1/12/26", "46357", "20261201", "2026-13-01", "30.2.2026", "2026-12-01 09:00", "2026-12/01", "Dec 1, 2026"])(
  "%j is refused as a day",
  async (cell) => {
    expect(await valueIn("due_date", cell)).toEqual(["#cell=2,2 due_date must be a day, YYYY-MM-DD"]);
  },
);

test.each([
  ["9:00", "09:00"],
  ["9:00:00", "09:00"],
  ["09:00:00.000", "09:00"],
  ["9:00 AM", "09:00"],
  ["9:05:00\u202fpm", "21:05"],
  ["12:00 AM", "00:00"],
  ["12:30PM", "12:30"],
])("a time of day may be spelled %j", async (cell, time) => {
  expect(await valueIn("due_time", cell)).toMatchObject([{ due: { time } }]);
});

test.each(["24:00", "9", "9:5", "13:00 PM", "0:30 AM", "9:00:30", "0.375", "9.00"])("%j is refused as a time of day", async (cell) => {
  expect(await valueIn("due_time", cell)).toEqual([expect.stringMatching(/^#cell=2,3 due_time /)]);
});

test.each([
  ["2026-11-21T09:00:00Z", "2026-11-21T09:00:00.000Z"],
  ["2026-11-21T09:00Z", "2026-11-21T09:00:00.000Z"],
  ["2026-11-21 09:00:00", "2026-11-21T09:00:00.000Z"],
  ["2026-11-21T10:00:00+01:00", "2026-11-21T09:00:00.000Z"],
  ["21/11/2026 9:00", "2026-11-21T09:00:00.000Z"],
  ["11/21/2026 9:00:00 PM", "2026-11-21T21:00:00.000Z"],
  ["21.11.2026 09:00:00,123", "2026-11-21T09:00:00.123Z"],
])("an instant may be spelled %j", async (cell, created_at) => {
  expect(await valueIn("created_at", cell)).toMatchObject([{ created_at }]);
});

test.each(["2026-11-21", "00:00.0", "46347.375", "2026-11-21T09:00:00+0100"])("%j is refused as an instant", async (cell) => {
  expect(await valueIn("created_at", cell)).toEqual([expect.stringMatching(/^#cell=2,2 created_at /)]);
});

test.each(["1", "1.0", "1,00", " 1 "])("a priority may be spelled %j", async (cell) => {
  expect(await valueIn("priority", cell)).toMatchObject([{ priority: 1 }]);
});

test.each(["1.5", "4", "TRUE", "10"])("%j is refused as a priority", async (cell) => {
  expect(await valueIn("priority", cell)).toEqual([expect.stringMatching(/^#cell=2,2 priority /)]);
});

test("day and month are in the order of a date that has only one reading, in whichever column", async () => {
  expect(await tasksIn("title,due_date\nMilk,01/12/2026\nBread,13/12/2026\n")).toMatchObject([
    { due: { date: "2026-12-01" } },
    { due: { date: "2026-12-13" } },
  ]);
  expect(await tasksIn("title,due_date,created_at\nMilk,01/12/2026,11/21/2026 09:00\n")).toMatchObject([{ due: { date: "2026-01-12" } }]);
});

const UNCLEAR = "may have the day first or the month first: spell dates YYYY-MM-DD";

test("dates are refused, each by its cell, if none tells the order or they disagree", async () => {
  expect(await tasksIn("title,due_date,due_time\nMilk,01/12/2026,9:00\nBread,2026-12-13,\nTea,1-2-2026,x\n")).toEqual([
    `#cell=2,2 due_date ${UNCLEAR}`,
    `#cell=4,2 due_date ${UNCLEAR}`,
    expect.stringMatching(/^#cell=4,3 due_time /),
  ]);
  expect(await tasksIn("title,due_date,created_at\nMilk,13/12/2026,12/13/2026 09:00\n")).toEqual([
    `#cell=2,2 due_date ${UNCLEAR}`,
    `#cell=2,3 created_at ${UNCLEAR}`,
  ]);
  // Dates with dots tell nothing: programs write them with the day first only.
  expect(await tasksIn("title,due_date\nMilk,13.12.2026\nBread,01/12/2026\n")).toEqual([`#cell=3,2 due_date ${UNCLEAR}`]);
  expect(await tasksIn("title\n01/12/2026\n")).toMatchObject([{ title: "01/12/2026" }]);
});

test("a number that a spreadsheet has shortened is refused as an external id, but not as a title", async () => {
  for (const cell of ["1.23457E+17", "1,23457E+11", "1.23456789012346E+017"])
    expect(await valueIn("external_id", cell)).toEqual(["#cell=2,2 external_id is a number that a spreadsheet has shortened"]);
  expect(await valueIn("external_id", "'1.23457E+17")).toMatchObject([{ external_id: "1.23457E+17" }]);
  expect(await tasksIn("title\n1.23457E+17\n")).toMatchObject([{ title: "1.23457E+17" }]);
});

test("names of columns may have capitals and spaces", async () => {
  expect(await tasksIn("Title, Due date ,PRIORITY\nMilk,2026-12-01,1\n")).toMatchObject([{ due: { date: "2026-12-01" }, priority: 1 }]);
});

test("empty columns without a name are ignored, and cells in them are refused", async () => {
  expect(await tasksIn("title,,priority,,\nMilk,,1,,,,\n,,,,\n")).toMatchObject([{ title: "Milk", priority: 1 }]);
  expect(await tasksIn("title,,priority,,\nMilk,,1,,\nBread,x,1,,y,z\n")).toEqual(
    [2, 5, 6].map((column) => `#cell=3,${column} is in a column without a name`),
  );
});

test.each([
  ["sep=;\r\ntitle;notes\r\nMilk;a,b\r\n", "a,b"],
  ['"sep=,"\ntitle,notes\nMilk,a;b\n', "a;b"],
  ["\ufeffsep=\t\rtitle\tnotes\rMilk\ta;b\r", "a;b"],
  ["sep=|\ntitle|notes\nMilk|a;b\n", "a;b"],
])("a first line that names the delimiter is not a row: %j", async (csv, notes) => {
  expect(await tasksIn(csv)).toMatchObject([{ ...TASK, notes }]);
  expect(await tasksIn(`${csv}"`)).toEqual([expect.stringMatching(/^#row=3 /)]);
});

test("UTF-16 with a byte order mark is read, in either byte order", async () => {
  const little = Buffer.from("\ufefftitle\tpriority\r\nZoë 🪴\t1\r\n", "utf16le");
  const big = Buffer.from(little).swap16();
  for (const bytes of [little, big]) {
    expect(formatOf(bytes)).toBe("csv");
    expect(await parseArchive(bytes, "csv")).toMatchObject({ tasks: [{ title: "Zoë 🪴", priority: 1 }] });
  }
});
