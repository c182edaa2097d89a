import { randomBytes } from "node:crypto";
import { auth } from "#app/auth/auth.server.ts";
import { accountKey } from "#app/auth/known-browser.server.ts";
import { forgetPasswordTries } from "#app/auth/password-tries.server.ts";
import { endTokens } from "#app/auth/user.server.ts";
import { closeDatabase } from "#app/db/database.server.ts";
import { exitWith, startup } from "#app/server/startup.server.ts";

// `npm run password:reset -- person@example.com`: Doable sends no mail, so its operator resets lost passwords.
try {
  await startup();
  const password = await resetPassword(process.argv[2] ?? "");
  await closeDatabase();
  process.stdout.write(
    password
      ? `The new password is ${password}\nEvery session and token of the account has ended.\n`
      : "There is no account with that e-mail.\n",
  );
  process.exit(password ? 0 : 1);
} catch (error) {
  exitWith(error);
}

/** Sets a random password, which it returns, and ends every session and token. `undefined`: there is no such account. */
async function resetPassword(email: string): Promise<string | undefined> {
  const { internalAdapter, password } = await auth().$context;
  const found = await internalAdapter.findUserByEmail(email.trim().toLowerCase());
  if (!found) return undefined;
  const newPassword = randomBytes(12).toString("base64url");
  await internalAdapter.updatePassword(found.user.id, await password.hash(newPassword));
  await internalAdapter.deleteUserSessions(found.user.id);
  await endTokens(found.user.id);
  await forgetPasswordTries(accountKey(email));
  return newPassword;
}
