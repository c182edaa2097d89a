import { randomUUID } from "node:crypto";
import { open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

export interface TempFile {
  /** In bytes. */
  size: number;
  /** To be read to its end or destroyed, which frees the disk space. */
  content: Readable;
}

/** The file is unlinked from the start, so it cannot outlive the process. */
export async function writeTempFile(chunks: AsyncIterable<string>): Promise<TempFile> {
  const path = join(tmpdir(), `doable-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  try {
    await unlink(path);
    for await (const chunk of chunks) await file.appendFile(chunk);
    const { size } = await file.stat();
    return { size, content: file.createReadStream({ start: 0 }) };
  } catch (error) {
    await file.close();
    throw error;
  }
}
