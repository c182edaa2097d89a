import type { UserRef } from "#app/context.ts";
import { keyedQueues } from "#app/db/queue.ts";
import type { ArchiveFormat, InvalidArchive } from "#app/io/archive.ts";
import { parseCsvArchive } from "#app/io/csv.ts";
import type { ParsedArchive } from "#app/io/entries.ts";
import { parseJsonArchive } from "#app/io/json.ts";

/** Parsing an archive may take as long as thousands of requests, and 100 MB of memory: one at a time per user. */
const queues = keyedQueues({ maxConcurrent: 1, maxWaiting: 30 });

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** `undefined`: the bytes are not UTF-8, or not JSON although `format` says so. */
export function parseArchive(
  user: Pick<UserRef, "id">,
  bytes: Uint8Array,
  format: ArchiveFormat,
): Promise<ParsedArchive | InvalidArchive | undefined> {
  return queues.run(user.id, async () => {
    const content = decode(bytes, format);
    if (content === undefined) return undefined;
    return typeof content === "string" ? parseCsvArchive(content) : parseJsonArchive(content.json);
  });
}

function decode(bytes: Uint8Array, format: ArchiveFormat): string | { json: unknown } | undefined {
  try {
    const text = utf8.decode(bytes);
    return format === "csv" ? text : { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Guesses the format from the first character: a JSON archive is an object. */
export function formatOf(bytes: Uint8Array): ArchiveFormat {
  const [first] = Buffer.from(bytes.subarray(0, 1024))
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  return first === "{" || first === "[" ? "json" : "csv";
}
