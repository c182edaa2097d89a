import { parentPort, workerData } from "node:worker_threads";
import { InvalidArchive } from "#app/io/archive.ts";
import { parseContent, type WorkerInput, type WorkerMessage } from "#app/io/parse-content.ts";

/** Entries in one message: reading a message of this size takes the main thread a few milliseconds. */
const CHUNK = 250;

// A worker thread's main module: parses one archive, then sends it in chunks, each when it is asked for.
const { bytes, format } = workerData as WorkerInput;
const messages = messagesOf(await parseContent(bytes, format));
parentPort?.on("message", () => {
  const next = messages.next();
  if (next.done) parentPort?.close();
  else parentPort?.postMessage(next.value);
});

function* messagesOf(archive: Awaited<ReturnType<typeof parseContent>>): Generator<WorkerMessage> {
  if (archive === undefined) yield { kind: "unreadable" };
  else if (archive instanceof InvalidArchive) yield { kind: "invalid", first: archive.first, total: archive.total };
  else {
    for (const lists of chunksOf(archive.lists)) yield { kind: "entries", lists, tasks: [] };
    for (const tasks of chunksOf(archive.tasks)) yield { kind: "entries", lists: [], tasks };
    yield { kind: "end", source: archive.source };
  }
}

function* chunksOf<T>(values: T[]): Generator<T[]> {
  for (let start = 0; start < values.length; start += CHUNK) yield values.slice(start, start + CHUNK);
}
