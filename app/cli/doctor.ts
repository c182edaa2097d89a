import { parseArgs } from "node:util";
import { examine } from "#app/cli/doctor/examine.server.ts";
import { closeDatabase } from "#app/db/database.server.ts";
import { log } from "#app/log.server.ts";

// `npm run doctor`: checks what Doable depends on, and changes nothing. With `-- --restore` also whether a dump can be restored.
log.level = "silent";
try {
  const { values } = parseArgs({ options: { restore: { type: "boolean", default: false } } });
  const hasFailed = await report(values.restore);
  await closeDatabase().catch(() => undefined);
  process.exit(hasFailed ? 1 : 0);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

async function report(restore: boolean): Promise<boolean> {
  let hasFailed = false;
  for await (const { check, state, text } of examine({ restore })) {
    process.stdout.write(`${state.padEnd(6)}${check.padEnd(12)}${text}\n`);
    hasFailed ||= state === "fail";
  }
  return hasFailed;
}
