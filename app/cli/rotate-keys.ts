import { rotateKeys } from "#app/auth/key-set.server.ts";
import { closeDatabase } from "#app/db/database.server.ts";
import { exitWith, startup } from "#app/server/startup.server.ts";

// `npm run keys:rotate`: creates a new signing key.
try {
  await startup();
  const kid = await rotateKeys();
  await closeDatabase();
  process.stdout.write(`New tokens are signed with ${kid}. The keys before it verify until their grace period ends.\n`);
  process.exit(0);
} catch (error) {
  exitWith(error);
}
