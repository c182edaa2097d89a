import { constants, existsSync } from "node:fs";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openDatabase } from "#app/db/database.server.ts";
import { makeFolder } from "#app/db/embedded.server.ts";
import { env } from "#app/env.server.ts";

/** The files of DATA_DIR, without those that belong to the running process. */
const PARTS = ["postgres", "secret"];

/** Copies the embedded database that this process has open. Requests wait meanwhile. */
export async function backUp(target: string): Promise<void> {
  const { pool } = await openDatabase();
  // The only connection: no other transaction is open, and none begins.
  const connection = await pool.connect();
  try {
    // Writes what is only in memory to the files.
    await connection.query("checkpoint");
    await copyData(env.DATA_DIR, target);
  } finally {
    connection.release();
  }
}

/** Copies a folder that is not being written to. The new one appears when it is complete, and only its owner can read it. */
export async function copyData(directory: string, target: string): Promise<void> {
  if (existsSync(target)) throw new Error(`${target} exists already: name a new folder`);
  makeFolder(dirname(target));
  const unfinished = `${target}.unfinished`;
  // Of a process that was killed.
  await rm(unfinished, { recursive: true, force: true });
  try {
    await mkdir(unfinished, { mode: 0o700 });
    const parts = PARTS.filter((part) => existsSync(join(directory, part)));
    for (const part of parts) {
      // Where the file system can, without taking up space for what has not changed since.
      const options = { recursive: true, dereference: true, mode: constants.COPYFILE_FICLONE };
      await cp(join(directory, part), join(unfinished, part), options);
    }
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}
