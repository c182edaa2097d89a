import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

export interface TempFile {
  /** In bytes. */
  size: number;
  /** To be read to its end or destroyed, which frees the disk space. */
  content: Readable;
}

/**
 * The file is unlinked from the start, so it cannot outlive the process, and closed if `fill` fails: Node ends the process over a
 * file handle that is never closed. `fill` appends to the file. Every step that can still fail belongs in it, such as a commit.
 */
export async function writeTempFile(fill: (file: FileHandle) => Promise<void>): Promise<TempFile> {
  const path = join(tmpdir(), `doable-${randomUUID()}`);
  const file = await open(path, "ax+", 0o600);
  try {
    await unlink(path);
    await fill(file);
    const { size } = await file.stat();
    return { size, content: file.createReadStream({ start: 0 }) };
  } catch (error) {
    await file.close();
    throw error;
  }
}
