import { parseArgs } from "node:util";
import { acceptNewSecret, rotateKeys } from "#app/auth/signing-key.server.ts";
import { CannotStart } from "#app/cannot-start.ts";
import { closeDatabase } from "#app/db/database.server.ts";
import { exitWith, startup } from "#app/server/startup.server.ts";

// `npm run keys:rotate`: creates a new signing key. With `-- --new-secret` also if the keys before it can't be decrypted any more.
try {
  const acceptsNewSecret = hasNewSecret();
  await startup({ acceptsNewSecret });
  const isSecretLost = acceptsNewSecret && (await acceptNewSecret());
  const kid = await rotateKeys();
  await closeDatabase();
  process.stdout.write(`New tokens are signed with ${kid}. The keys before it verify until their grace period ends.\n`);
  if (isSecretLost)
    process.stdout.write("With the old secret every session is lost: everyone logs in again. Scripts read all changes again.\n");
  process.exit(0);
} catch (error) {
  exitWith(error);
}

function hasNewSecret(): boolean {
  try {
    const { values } = parseArgs({ options: { "new-secret": { type: "boolean", default: false } } });
    return values["new-secret"];
  } catch (error) {
    throw new CannotStart((error as Error).message);
  }
}
