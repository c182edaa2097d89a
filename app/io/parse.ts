import { once } from "node:events";
import path from "node:path";
import { setImmediate as nextMacrotask } from "node:timers/promises";
import { type ResourceLimits, Worker } from "node:worker_threads";
import { Overloaded } from "#app/db/errors.ts";
import { type Archive, type ArchiveFormat, InvalidArchive } from "#app/io/archive.ts";
import type { ParsedArchive } from "#app/io/entries.ts";
import type { WorkerInput, WorkerMessage } from "#app/io/parse-content.ts";

/** Run from its source, like the programs in app/cli: it is not part of the server's bundle. */
const WORKER = path.resolve("app/io/import-worker.ts");
/** Of the worker thread's heap. A file of 10 MiB with real tasks needs about half of it. */
const MEMORY_LIMIT = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

let isImporting = false;

/**
 * Runs an import, from its parsing to its end, while no other one runs in this process: each may take a hundred megabytes.
 * Throws `Overloaded`, which becomes a 503, if another one is running.
 */
export async function oneImportAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (isImporting) throw new Overloaded("another import is running");
  isImporting = true;
  try {
    return await work();
  } finally {
    isImporting = false;
  }
}

/**
 * Parses an archive in a worker thread, so that other requests go on meanwhile.
 * `undefined`: the bytes are not text, or not JSON although `format` says so.
 */
export async function parseArchive(
  bytes: Uint8Array,
  format: ArchiveFormat,
  resourceLimits: ResourceLimits = MEMORY_LIMIT,
): Promise<ParsedArchive | InvalidArchive | undefined> {
  const worker = new Worker(WORKER, { workerData: { bytes, format } satisfies WorkerInput, resourceLimits, execArgv: [] });
  try {
    return await receive(worker);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_WORKER_OUT_OF_MEMORY") throw error;
    return new InvalidArchive([{ pointer: "", message: "takes too much memory to read: import it in parts" }]);
  } finally {
    await worker.terminate();
  }
}

async function receive(worker: Worker): Promise<ParsedArchive | InvalidArchive | undefined> {
  const archive: Archive = { lists: [], tasks: [] };
  for (;;) {
    const message = await nextMessage(worker);
    if (message.kind === "unreadable") return undefined;
    if (message.kind === "invalid") return new InvalidArchive(message.first, message.total);
    if (message.kind === "end") return { ...archive, source: message.source };
    archive.lists.push(...message.lists);
    archive.tasks.push(...message.tasks);
    await nextMacrotask();
  }
}

/** Rejects with the worker's error. */
async function nextMessage(worker: Worker): Promise<WorkerMessage> {
  worker.postMessage("next");
  const [message] = (await once(worker, "message")) as [WorkerMessage];
  return message;
}

/** Guesses the format from the first character: a JSON archive is an object. */
export function formatOf(bytes: Uint8Array): ArchiveFormat {
  const [first] = Buffer.from(bytes.subarray(0, 1024))
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  return first === "{" || first === "[" ? "json" : "csv";
}
