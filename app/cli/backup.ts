import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { copyData } from "#app/db/backup.server.ts";
import { FolderInUse, lockFolder } from "#app/db/embedded.server.ts";
import { env } from "#app/env.server.ts";
import { sendCommand } from "#app/server/control.server.ts";

// `npm run db:backup -- <folder>`: copies the embedded database into a new folder, while the server runs or not.
try {
  const target = await backUpInto(process.argv[2]);
  process.stdout.write(`The backup is in ${target}\n${secretNotice(target)}\n`);
} catch (error) {
  process.stderr.write(`There is no backup: ${(error as Error).message}\n`);
  process.exit(1);
}

/** Returns the absolute path. */
async function backUpInto(folder: string | undefined): Promise<string> {
  if (env.DATABASE_URL) throw new Error("DATABASE_URL is set, and this command is for the embedded database: use pg_dump");
  if (!folder) throw new Error("name a new folder: npm run db:backup -- <folder>");
  if (!existsSync(join(env.DATA_DIR, "postgres"))) throw new Error(`${env.DATA_DIR} has no database`);
  const target = resolve(folder);
  const unlock = lockIfFree();
  if (unlock) await copyData(env.DATA_DIR, target).finally(unlock);
  else await sendCommand(env.DATA_DIR, "/backup", target).catch(explain);
  return target;
}

function lockIfFree(): (() => void) | undefined {
  try {
    return lockFolder(env.DATA_DIR);
  } catch (error) {
    if (error instanceof FolderInUse) return undefined;
    throw error;
  }
}

function explain(error: NodeJS.ErrnoException): never {
  const isDeaf = error.code === "ENOENT" || error.code === "ECONNREFUSED";
  throw isDeaf ? new Error(`the process that uses ${env.DATA_DIR} takes no commands: stop it, and try again`) : error;
}

function secretNotice(target: string): string {
  return existsSync(join(target, "secret"))
    ? "It has the secret, too: with it, one can sign in as anyone."
    : "It does not have BETTER_AUTH_SECRET: keep that as well.";
}
