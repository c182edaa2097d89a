import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { InvalidArchive, MAX_ENTRIES, ProblemList } from "#app/io/archive.ts";
import { COLUMN_NAMES, type Column, typeOf, unescapeCell } from "#app/io/csv-columns.ts";
import { ambiguityOf, type DateOrder, DateOrders, exportSpelling, hasDates } from "#app/io/csv-spellings.ts";
import { mapYielding, yielding } from "#app/io/yielding.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";

export interface CsvRow {
  /** As in a spreadsheet: the header is row 1. */
  number: number;
  cells: Partial<Record<Column, string>>;
}

export interface CsvTable {
  /** Empty for a column without a name, which has no cells. */
  header: (Column | "")[];
  rows: CsvRow[];
  /** Of cells that could be parsed, but may mean another value. */
  problems: ProblemList<FieldProblem>;
}

/** In characters: far more than the longest task. */
const MAX_ROW_LENGTH = 200_000;
const TOO_LONG = `must have at most ${MAX_ROW_LENGTH.toLocaleString("en")} characters`;
const CHUNK_BYTES = 65_536;

/** The first row names the columns, in any order; `title` is required. */
export async function parseTable(text: string): Promise<CsvTable | InvalidArchive> {
  const { content, delimiter } = delimited(text);
  const exceeded = exceededCells(content, delimiter);
  if (exceeded) return new InvalidArchive([exceeded]);
  const records = await parseRecords(content, delimiter);
  if (records instanceof InvalidArchive) return records;
  const [names = [], ...body] = records;
  const header = names.map(columnName);
  const problems = new ProblemList<FieldProblem>();
  problems.add(...headerProblems(header));
  for (const [index, record] of body.entries()) problems.add(...unnamedCells(record, index + 2, header));
  if (body.length > MAX_ENTRIES) problems.add({ pointer: "", message: `must be at most ${MAX_ENTRIES} rows` });
  if (problems.total > 0) return new InvalidArchive(problems.first, problems.total);
  return { header: header as CsvTable["header"], rows: await rowsOf(body, header as CsvTable["header"], problems), problems };
}

/** Adds the problems of cells to `problems`. */
async function rowsOf(body: string[][], header: CsvTable["header"], problems: ProblemList<FieldProblem>): Promise<CsvRow[]> {
  const order = await dateOrderOf(body, header);
  const rows = await mapYielding(body, (record, index): CsvRow => {
    const row: CsvRow = { number: index + 2, cells: {} };
    for (const [at, column] of header.entries()) {
      const cell = record[at];
      if (!column || !cell) continue;
      const problem = ambiguityOf(cell, column, typeOf(column), order);
      if (problem) problems.add({ pointer: `#cell=${row.number},${at + 1}`, message: `${column} ${problem}` });
      row.cells[column] = problem ? STAND_INS[typeOf(column)] : exportSpelling(unescapeCell(cell), typeOf(column), order);
    }
    return row;
  });
  return rows.filter(({ cells }) => Object.keys(cells).length > 0);
}

/** For cells with a problem, so that the schema does not report them again. */
const STAND_INS: Record<string, string> = { date: "2000-01-01", timestamptz: "2000-01-01T00:00:00Z", text: "-" };

async function dateOrderOf(body: string[][], header: CsvTable["header"]): Promise<DateOrder | undefined> {
  const orders = new DateOrders();
  const dated = header.flatMap((column, at) => (column && hasDates(typeOf(column)) ? at : []));
  for await (const record of yielding(body)) for (const at of dated) orders.add(record[at] ?? "");
  return orders.common;
}

const MAX_CELLS_IN_ROW = 100;
const MAX_CELLS = 1_200_000;

/** Counts cells before anything is made of them. Quotes are followed only as far as it takes to see which delimiters are text. */
function exceededCells(text: string, delimiter: string): FieldProblem | undefined {
  let [row, inRow, total, isQuoted] = [1, 1, 1, false];
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === delimiter) [inRow, total] = [inRow + 1, total + 1];
    else if (!isQuoted && character === "\n") [row, inRow, total] = [row + 1, 1, total + 1];
    else if (!isQuoted && character === "\r" && text[index + 1] !== "\n") [row, inRow, total] = [row + 1, 1, total + 1];
    if (inRow > MAX_CELLS_IN_ROW) return { pointer: `#row=${row}`, message: `must have at most ${MAX_CELLS_IN_ROW} cells` };
    if (total > MAX_CELLS) return { pointer: "", message: `must have at most ${MAX_CELLS.toLocaleString("en")} cells` };
  }
  return undefined;
}

async function parseRecords(text: string, delimiter: string): Promise<string[][] | InvalidArchive> {
  const parser = parse({
    bom: true,
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    max_record_size: MAX_ROW_LENGTH,
  });
  const records: string[][] = [];
  try {
    for await (const record of Readable.from(yielding(chunksOf(Buffer.from(text)), 1)).pipe(parser)) {
      records.push(record);
      if (records.length > MAX_ENTRIES + 1) break;
    }
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = error.code === "CSV_MAX_RECORD_SIZE" ? TOO_LONG : error.message;
    return new InvalidArchive([{ pointer: `#row=${Number(error.records) + 1}`, message }]);
  }
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) yield bytes.subarray(start, start + CHUNK_BYTES);
}

/** A first line that tells spreadsheets the delimiter, and that they don't show. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=([,;\t|])"?(?:\r\n|\n|\r)/i;

/** Where the comma is the decimal separator, spreadsheets write semicolons. No column name contains a delimiter. */
function delimited(text: string): { content: string; delimiter: string } {
  const [line, named] = SEPARATOR_LINE.exec(text) ?? [];
  if (line && named) return { content: text.slice(line.length), delimiter: named };
  const [header = ""] = text.split(/[\r\n]/, 1);
  return { content: text, delimiter: [",", ";", "\t"].find((delimiter) => header.includes(delimiter)) ?? "," };
}

/** `Due date` as well as `due_date`. */
function columnName(name: string): string {
  return name.trim().toLowerCase().replaceAll(" ", "_");
}

function headerProblems(header: string[]): FieldProblem[] {
  const missing = header.includes("title") ? [] : [{ pointer: "#row=1", message: "needs a column title" }];
  const wrong = header.flatMap((name, index) => {
    const pointer = `#cell=1,${index + 1}`;
    if (name === "") return [];
    if (!(COLUMN_NAMES as string[]).includes(name)) return [{ pointer, message: `is none of the columns ${COLUMN_NAMES.join(", ")}` }];
    return header.indexOf(name) < index ? [{ pointer, message: `names ${name} again` }] : [];
  });
  return [...missing, ...wrong];
}

/** Columns that have neither a name nor cells are ignored: spreadsheets add some at the end. */
function unnamedCells(record: string[], number: number, header: string[]): FieldProblem[] {
  return record.flatMap((cell, index) =>
    cell !== "" && !header[index] ? [{ pointer: `#cell=${number},${index + 1}`, message: "is in a column without a name" }] : [],
  );
}
