import { existsSync } from "node:fs";
import { join } from "node:path";
import { kyselyOn } from "#app/db/database.server.ts";
import { openEmbedded } from "#app/db/embedded.server.ts";
import { migrate, migrateEmbedded } from "#app/db/migrator.server.ts";
import { moveRows } from "#app/db/move.server.ts";
import { migrationPool } from "#app/db/pool.server.ts";
import { env } from "#app/env.server.ts";

// `npm run db:move -- <postgres://…>`: copies everything from the embedded database into an empty Postgres.
try {
  const moved = await move(targetUrl(process.argv[2]));
  for (const [table, rows] of moved) process.stdout.write(`${table.padEnd(20)}${rows} rows\n`);
  process.stdout.write(`All are copied, and compared with the original.\n${nextSteps()}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`Nothing was moved: ${(error as Error).message}\n`);
  process.exit(1);
}

/** Without an argument the variables of a server on Postgres, so that its URL is in no list of processes. */
function targetUrl(argument = env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL): string {
  if (!argument) throw new Error("name the new database: set DATABASE_URL, or npm run db:move -- postgres://user:password@host/database");
  if (!/^postgres(ql)?:$/.test(URL.parse(argument)?.protocol ?? "")) throw new Error("the new database is not a postgres:// URL");
  return argument;
}

async function move(url: string): Promise<Map<string, number>> {
  if (!existsSync(join(env.DATA_DIR, "postgres"))) throw new Error(`${env.DATA_DIR} has no database`);
  const embedded = await openEmbedded(env.DATA_DIR);
  const target = migrationPool(url);
  try {
    await migrateEmbedded(kyselyOn(async () => embedded.pool));
    await migrate(url);
    const [from, to] = [await embedded.pool.connect(), await target.connect()];
    return await moveRows(from, to).finally(() => {
      from.release();
      to.release();
    });
  } finally {
    await target.end();
    await embedded.pool.end();
    await embedded.close();
  }
}

function nextSteps(): string {
  const secret = existsSync(join(env.DATA_DIR, "secret"))
    ? `BETTER_AUTH_SECRET, to the content of ${join(env.DATA_DIR, "secret")} unless you have set it all along`
    : "the same BETTER_AUTH_SECRET as before";
  return `Next: start with DATABASE_URL and ${secret}. ${env.DATA_DIR} is as it was: keep it until you have seen your tasks there.`;
}
