import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

/** BETTER_AUTH_SECRET; without it, a generated secret stored in DATA_DIR (embedded database only). */
export const secret = env.BETTER_AUTH_SECRET ?? storedSecret(join(env.DATA_DIR, "secret"));

function storedSecret(file: string): string {
  mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
    log.info({ event: "secret.made" }, `no BETTER_AUTH_SECRET: made one and kept it in ${file}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}
