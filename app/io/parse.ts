import type { UserRef } from "#app/context.ts";
import { queuesByKey } from "#app/db/queue.ts";
import type { ArchiveFormat, InvalidArchive } from "#app/io/archive.ts";
import { readCsvArchive } from "#app/io/csv.ts";
import { type ReadArchive, readJsonArchive } from "#app/io/entries.ts";

/** Each may be as much work as thousands of requests, and take a hundred megabytes meanwhile. */
const readings = queuesByKey({ atOnce: 1, mostWaiting: 30 });

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** One of a user after the other. `undefined`: the bytes are no text in UTF-8, or should be JSON and are none. */
export function readArchive(
  user: Pick<UserRef, "id">,
  bytes: Uint8Array,
  format: ArchiveFormat,
): Promise<ReadArchive | InvalidArchive | undefined> {
  return readings.run(user.id, () => read(bytes, format));
}

async function read(bytes: Uint8Array, format: ArchiveFormat): Promise<ReadArchive | InvalidArchive | undefined> {
  const content = contentOf(bytes, format);
  if (content === undefined) return undefined;
  return typeof content === "string" ? readCsvArchive(content) : readJsonArchive(content.json);
}

function contentOf(bytes: Uint8Array, format: ArchiveFormat): string | { json: unknown } | undefined {
  try {
    const text = utf8.decode(bytes);
    return format === "csv" ? text : { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** A file says by its first character what it is: an archive in JSON is an object. */
export function formatOf(bytes: Uint8Array): ArchiveFormat {
  const [first] = Buffer.from(bytes.subarray(0, 1024))
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  return first === "{" || first === "[" ? "json" : "csv";
}
