import { seed } from "#app/cli/seed.server.ts";
import { closeDatabase } from "#app/db/database.server.ts";
import { env } from "#app/env.server.ts";
import { exitWith, startup } from "#app/server/startup.server.ts";

// `npm run seed`: creates a demo account and prints its sign-in. Every run creates another account.
try {
  await startup();
  const { email, password } = await seed();
  await closeDatabase();
  process.stdout.write(`Sign in at ${env.BETTER_AUTH_URL}/login\nE-mail:   ${email}\nPassword: ${password}\n`);
  process.exit(0);
} catch (error) {
  exitWith(error);
}
