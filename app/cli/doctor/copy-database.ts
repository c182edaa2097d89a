import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { libpqVariables } from "#app/db/libpq.ts";
import { PATH } from "#app/env.server.ts";

/** Copies a database into an empty one, as a backup and its restoration would. Nothing is written to the disk in between. */
export async function copyDatabase(from: string, to: string, snapshot: string): Promise<void> {
  const { PGDATABASE = "" } = libpqVariables(to);
  const dump = start("pg_dump", ["--format=custom", `--snapshot=${snapshot}`], from);
  const restore = start("pg_restore", ["--exit-on-error", "--no-owner", "--no-privileges", `--dbname=${PGDATABASE}`], to);
  // Where one program fails, so does the other's end of the pipe: the programs know the reason.
  const piped = pipeline(dump.child.stdout, restore.child.stdin).catch(() => undefined);
  const outcomes = await Promise.allSettled([dump.finished, restore.finished, piped]);
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

function start(program: string, args: string[], url: string) {
  const child = spawn(program, args, { env: { PATH, ...libpqVariables(url) }, stdio: "pipe" });
  return { child, finished: finished(program, child) };
}

async function finished(program: string, child: ChildProcess & { stderr: NodeJS.ReadableStream }): Promise<void> {
  const [messages] = await Promise.all([text(child.stderr), once(child, "close")]).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new Error(`${program} is not installed: install Postgres's client programs, of the server's version or later`);
  });
  if (child.exitCode !== 0) throw new Error(`${program} failed: ${messages.trim().replaceAll("\n", " ")}`);
}
