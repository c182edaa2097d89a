import { expect, test } from "vitest";
import { InvalidArchive } from "#app/io/archive.ts";
import { csvArchive, parseCsvArchive } from "#app/io/csv.ts";
import { fieldsOfCells } from "#app/io/csv-columns.ts";
import { formatOf, parseArchive } from "#app/io/parse.ts";
import { type Task, TaskInput } from "#app/tasks/task.ts";

const TASK: Task = {
  ...TaskInput.parse({ title: "Pay rent" }),
  id: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001",
  seriesId: null,
  occurrenceDate: null,
  previousId: null,
  rank: "a0",
  createdAt: "2026-11-21T09:00:00.000Z",
  updatedAt: "2026-11-21T09:00:00.000Z",
  completedAt: null,
  deletedAt: null,
  version: 1,
  changeSeq: 1,
};

async function table(...tasks: Task[]): Promise<string> {
  async function* batches() {
    yield tasks;
  }
  let csv = "";
  for await (const chunk of csvArchive(new Map(), batches(), { forSpreadsheets: false })) csv += chunk;
  return csv;
}

async function problems(csv: string): Promise<string[]> {
  const result = await parseCsvArchive(csv);
  return result instanceof InvalidArchive ? result.problems.map(({ pointer, message }) => `${pointer} ${message}`) : [];
}

test("a CSV archive has a header, a row for each task, and CRLF after each (RFC 4180)", async () => {
  expect(
    (
      await table({ ...TASK, title: 'Say "hi", then\nleave', labels: ["a", "b"], due: { date: "2026-12-01", time: null, timezone: null } })
    ).split("\r\n"),
  ).toEqual([
    "id,title,notes,status,list,parent_id,labels,priority,due_date,due_time,due_timezone,start_date,rrule,recurrence_anchor,external_id,created_at,updated_at,completed_at,deleted_at,list_id,series_id,rank,occurrence_date,previous_id",
    '0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001,"Say ""hi"", then\nleave",,open,,,"a,b",0,2026-12-01,,,,,,,2026-11-21T09:00:00.000Z,2026-11-21T09:00:00.000Z,,,,,a0,,',
    "",
  ]);
});

test.each(["=1+1", "+351", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", "''+1", "07", "1E5", "1.2e+17", "123456789012", "'007"])(
  "a cell %j is escaped for spreadsheets, and parsed as it was",
  async (notes) => {
    const csv = await table({ ...TASK, notes });
    expect(csv).toContain(`'${notes}`);
    expect(await parseCsvArchive(csv)).toMatchObject({ tasks: [{ notes }] });
  },
);

test.each(["'tis", "1-1", "a=b", "", "''", "0", "12345678901", "E5"])("%j is not escaped", async (notes) => {
  const csv = await table({ ...TASK, notes });
  expect(csv).toContain(`Pay rent,${notes},open`);
  expect(await parseCsvArchive(csv)).toMatchObject({ tasks: [{ notes }] });
});

test("columns may have any order, may be left out, and empty cells get the default", async () => {
  const parsed = await parseCsvArchive("priority,title,list\n2,Milk,\n,Bread,Home\n\n,,\n");
  expect(parsed).toMatchObject({
    lists: [{ name: "Home", isNamed: true }],
    tasks: [
      { title: "Milk", priority: 2, list_id: null, labels: [], due: null, status: "open" },
      { title: "Bread", priority: 0, list_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ],
  });
});

test.each([
  ["semicolons", "title;labels;notes\nMilk;a,b;x\n"],
  ["tabs", "title\tlabels\tnotes\nMilk\ta,b\tx\n"],
  ["a byte order mark", '\ufefftitle,labels,notes\nMilk,"a,b",x\n'],
  ["CRLF", 'title,labels,notes\r\nMilk,"a,b",x\r\n'],
  ["CR", 'title,labels,notes\rMilk,"a,b",x\r'],
])("a table with %s is parsed", async (_what, csv) => {
  expect(await parseCsvArchive(csv)).toMatchObject({ tasks: [{ title: "Milk", labels: ["a", "b"], notes: "x" }] });
});

test("a whole number is read in its usual spelling only", () => {
  expect(["0", "10", "100"].map((cell) => fieldsOfCells({ priority: cell }))).toEqual([
    { priority: 0 },
    { priority: 10 },
    { priority: 100 },
  ]);
  expect(["007", "-1", "1.5", "1e3"].map((cell) => typeof fieldsOfCells({ priority: cell }).priority)).toEqual(Array(4).fill("string"));
});

test("every problem is reported at once, by row and column from 1 (RFC 7111)", async () => {
  const csv = "title,priority,due_date,due_time,list,rrule\n,9,,,,\nMilk,high,2026-02-30,25:00,,\nBread,,,10:00,,FREQ=HOURLY\nFine,,,,,\n";
  const reported = await problems(csv);
  expect(reported).toContain("#cell=2,2 priority must be a whole number from 0 to 3");
  expect(reported).toContain("#cell=3,3 due_date must be a day, YYYY-MM-DD");
  expect(reported.map((problem) => problem.split(" ", 2).join(" "))).toEqual([
    "#cell=2,1 title",
    "#cell=2,2 priority",
    "#cell=3,2 priority",
    "#cell=3,3 due_date",
    "#cell=3,4 due_time",
    "#cell=4,3 due_date",
    "#cell=4,6 rrule",
  ]);
});

test("a list name that is too long is reported at its first row only", async () => {
  expect(await problems(`title,list\nMilk,\nBread,${"x".repeat(101)}\nTea,${"x".repeat(101)}\n`)).toEqual([
    "#cell=3,2 list must have at most 100 characters",
  ]);
});

test("a header with unknown columns, a repeated one, or no title is refused", async () => {
  expect((await problems("name,notes,Notes\n")).map((problem) => problem.split(" ")[0])).toEqual(["#row=1", "#cell=1,1", "#cell=1,3"]);
  expect((await problems(""))[0]).toContain("needs a column title");
});

test("a row that is not CSV, or has more cells than columns, is reported", async () => {
  expect(await problems('title\nMilk\n"Bread')).toEqual([expect.stringMatching(/^#row=3 /)]);
  expect(await problems("title,notes\nMilk,x,y\n")).toEqual(["#cell=2,3 is in a column without a name"]);
  expect(await problems(`title\n"${"x".repeat(300_000)}"\n`)).toEqual([expect.stringMatching(/^#row=2 /)]);
});

test("rows over 50,000 are refused, and at most 100 problems are reported", async () => {
  expect(await problems(`title\n${"x\n".repeat(50_001)}`)).toContain(" must be at most 50000 rows");
  const named = await problems(`title,priority\n${"x,9\n".repeat(1002)}`);
  expect(named).toHaveLength(101);
  expect(named.at(-1)).toBe(" and 902 more");
});

test("a row of more cells than the header is counted, however many there are", async () => {
  const named = await problems(`title\n${"x,y\n".repeat(20_000)}`);
  expect(named).toHaveLength(101);
  expect(named.at(-1)).toBe(" and 19,900 more");
});

test("delimiters inside quotes make no cells", async () => {
  expect(await parseCsvArchive(`title,notes\nMilk,"${",".repeat(5_000)}"\n`)).toMatchObject({ tasks: [{ notes: ",".repeat(5_000) }] });
});

test("a cell of many labels is refused as too many", async () => {
  expect(await problems(`title,labels\nMilk,"${"a,".repeat(50_000)}a"\n`)).toContainEqual(expect.stringMatching(/^#cell=2,2 labels /));
});

test("the format is guessed from the first character, and a text in neither is refused", async () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  for (const text of ["{}", ' \n{"version":1}', "[]", '\ufeff{"version":1}']) expect(formatOf(bytes(text)), text).toBe("json");
  for (const text of ["title\n", '"title"', "", "\ufefftitle"]) expect(formatOf(bytes(text)), text).toBe("csv");
  expect(await parseArchive(new Uint8Array([0xe9]), "csv")).toBeUndefined();
  expect(await parseArchive(new Uint8Array([0xff, 0xfe, 0x00, 0xd8]), "csv")).toBeUndefined();
  expect(await parseArchive(bytes("{"), "json")).toBeUndefined();
});

test("rows that span two chunks are parsed as they are", async () => {
  const long = "é".repeat(15_000);
  for (const shift of [0, 1, 2, 3]) {
    const csv = `title,notes\r\n${"x".repeat(shift)}Milk,${long}\r\n"Bread\r\nand ""butter""",${long}\r\n${`Eggs,${long}\r\n`.repeat(9)}`;
    const titles = [`${"x".repeat(shift)}Milk`, 'Bread\r\nand "butter"', ...Array<string>(9).fill("Eggs")];
    expect(await parseCsvArchive(csv)).toMatchObject({ tasks: titles.map((title) => ({ title, notes: long })) });
  }
});

test("a header with 150,000 columns is refused before its cells are read", async () => {
  const parsed = await parseCsvArchive(`title${",".repeat(150_000)}\n${"Milk\n".repeat(20_000)}`);
  expect(parsed).toMatchObject({ problems: [{ pointer: "#row=1", message: "must have at most 100 cells" }] });
});

test("parsing a large table never blocks the event loop for more than a tenth of its time", async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `Task ${index},${"A note. ".repeat(20)},List ${index},2026-12-01\n`);
  const cpuTime = () => {
    const { user, system } = process.threadCpuUsage();
    return user + system;
  };
  const start = cpuTime();
  let [last, longest] = [start, 0];
  function measure() {
    longest = Math.max(longest, cpuTime() - last);
    last = cpuTime();
    next = setImmediate(measure);
  }
  let next = setImmediate(measure);
  expect(await parseCsvArchive(`title,notes,list,due_date\n${rows.join("")}`)).toMatchObject({ tasks: { length: rows.length } });
  measure();
  clearImmediate(next);
  expect(longest).toBeLessThan((cpuTime() - start) / 10);
});
