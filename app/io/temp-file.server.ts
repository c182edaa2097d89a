import { randomUUID } from "node:crypto";
import { open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

export interface Spooled {
  /** In bytes. */
  size: number;
  /** To be read to its end or destroyed: then nothing is left of it. */
  content: Readable;
}

/**
 * Keeps a text on disk until it has been sent, however slowly it is asked for.
 * Its file has no name from the start, so that it goes with the process too.
 */
export async function spooled(pieces: AsyncIterable<string>): Promise<Spooled> {
  const path = join(tmpdir(), `doable-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  try {
    await unlink(path);
    for await (const piece of pieces) await file.appendFile(piece);
    const { size } = await file.stat();
    return { size, content: file.createReadStream({ start: 0 }) };
  } catch (error) {
    await file.close();
    throw error;
  }
}
