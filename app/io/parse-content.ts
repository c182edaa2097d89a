import { exceededJsonBudget } from "#app/http/budget.ts";
import type { Archive, ArchiveFormat } from "#app/io/archive.ts";
import { InvalidArchive } from "#app/io/archive.ts";
import { parseCsvArchive } from "#app/io/csv.ts";
import type { ParsedArchive } from "#app/io/entries.ts";
import { parseJsonArchive } from "#app/io/json.ts";
import type { ArchiveSource } from "#app/io/locate.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";

export interface WorkerInput {
  bytes: Uint8Array;
  format: ArchiveFormat;
}

/** Sent by the worker thread: one of the first two, or entries until the end. */
export type WorkerMessage =
  | { kind: "unreadable" }
  | { kind: "invalid"; first: FieldProblem[]; total: number }
  | ({ kind: "entries" } & Archive)
  | { kind: "end"; source: ArchiveSource };

/** A file of 10 MiB with real tasks has about 500,000 values. */
const JSON_BUDGET = { values: 1_000_000, depth: 32 };

/** `undefined`: the bytes are not text, or not JSON although `format` says so. */
export async function parseContent(bytes: Uint8Array, format: ArchiveFormat): Promise<ParsedArchive | InvalidArchive | undefined> {
  const exceeded = format === "json" && exceededJsonBudget(bytes, JSON_BUDGET);
  if (exceeded) return new InvalidArchive([{ pointer: "", message: exceeded }]);
  const content = decode(bytes, format);
  if (content === undefined) return undefined;
  return typeof content === "string" ? parseCsvArchive(content) : parseJsonArchive(content.json);
}

function decode(bytes: Uint8Array, format: ArchiveFormat): string | { json: unknown } | undefined {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    return format === "csv" ? text : { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Spreadsheets save "Unicode text" as UTF-16 with a byte order mark. */
function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
