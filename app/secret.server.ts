import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "#app/cannot-start.ts";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

const MIN_LENGTH = 32;
const file = join(env.DATA_DIR, "secret");

/** Where the secret comes from. */
export const SECRET_SOURCE = env.BETTER_AUTH_SECRET ? "BETTER_AUTH_SECRET" : file;

let known = env.BETTER_AUTH_SECRET;

/** BETTER_AUTH_SECRET; without it, the secret in DATA_DIR (embedded database only), which the first start creates. */
export function secret(): string {
  known ??= storedSecret();
  if (known === undefined) throw new CannotStart(`there is no secret in ${file}`);
  return known;
}

export function hasSecret(): boolean {
  known ??= storedSecret();
  return known !== undefined;
}

/** Stores a new secret in DATA_DIR. To be called by the process that has locked the folder. */
export function createSecret(): void {
  known = randomBytes(32).toString("base64url");
  // Renamed when complete, so that a process killed meanwhile leaves no part of a secret.
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, known, { mode: 0o600, flush: true });
  renameSync(unfinished, file);
  log.info({ event: "secret.made" }, `no BETTER_AUTH_SECRET: made one and kept it in ${file}`);
}

/** `undefined`: there is no file, or it has lost its content. */
function storedSecret(): string | undefined {
  try {
    const text = readFileSync(file, "utf8").trim();
    return text.length < MIN_LENGTH ? undefined : text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new CannotStart(`the secret in ${file} can't be read: ${(error as Error).message}`);
  }
}
