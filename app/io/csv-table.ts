import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { InvalidArchive, MAX_ENTRIES, ProblemList } from "#app/io/archive.ts";
import { COLUMN_NAMES, type Column, unescapeFormula } from "#app/io/csv-columns.ts";
import { mapYielding, yielding } from "#app/io/yielding.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";

export interface CsvRow {
  /** As in a spreadsheet: the header is row 1. */
  number: number;
  cells: Partial<Record<Column, string>>;
}

/** In characters: far more than the longest task. */
const MAX_ROW_LENGTH = 200_000;
const CHUNK_BYTES = 65_536;

/** The first row names the columns, in any order; `title` is required. */
export async function parseTable(text: string): Promise<{ header: Column[]; rows: CsvRow[] } | InvalidArchive> {
  const exceeded = exceededCells(text, delimiterOf(text));
  if (exceeded) return new InvalidArchive([exceeded]);
  const records = await parseRecords(text);
  if (records instanceof InvalidArchive) return records;
  const [header = [], ...body] = records;
  const problems = new ProblemList<FieldProblem>();
  problems.add(...headerProblems(header));
  for (const [index, record] of body.entries()) problems.add(...rowProblems(record, index + 2, header.length));
  if (body.length > MAX_ENTRIES) problems.add({ pointer: "", message: `must be at most ${MAX_ENTRIES} rows` });
  if (problems.total > 0) return new InvalidArchive(problems.first, problems.total);
  const columns = header as Column[];
  const rows = await mapYielding(body, (record, index) => ({ number: index + 2, cells: nonEmptyCells(record, columns) }));
  return { header: columns, rows: rows.filter(({ cells }) => Object.keys(cells).length > 0) };
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

async function parseRecords(text: string): Promise<string[][] | InvalidArchive> {
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text),
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
    return new InvalidArchive([{ pointer: `#row=${Number(error.records) + 1}`, message: error.message }]);
  }
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) yield bytes.subarray(start, start + CHUNK_BYTES);
}

/** Where the comma is the decimal separator, spreadsheets write semicolons. No column name contains a delimiter. */
function delimiterOf(text: string): string {
  const [header = ""] = text.split(/[\r\n]/, 1);
  return [",", ";", "\t"].find((delimiter) => header.includes(delimiter)) ?? ",";
}

function headerProblems(header: string[]): FieldProblem[] {
  const missing = header.includes("title") ? [] : [{ pointer: "#row=1", message: "needs a column title" }];
  const wrong = header.flatMap((name, index) => {
    const pointer = `#cell=1,${index + 1}`;
    if (!(COLUMN_NAMES as string[]).includes(name)) return [{ pointer, message: `is none of the columns ${COLUMN_NAMES.join(", ")}` }];
    return header.indexOf(name) < index ? [{ pointer, message: `names ${name} again` }] : [];
  });
  return [...missing, ...wrong];
}

function rowProblems(record: string[], number: number, columns: number): FieldProblem[] {
  return record.length > columns ? [{ pointer: `#row=${number}`, message: `has ${record.length} cells under ${columns} columns` }] : [];
}

function nonEmptyCells(record: string[], header: Column[]): CsvRow["cells"] {
  const cells = header.map((column, index) => [column, unescapeFormula(record[index] ?? "")] as const);
  return Object.fromEntries(cells.filter(([, cell]) => cell !== ""));
}
