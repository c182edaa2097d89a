import { auth } from "#app/auth/auth.server.ts";
import { toUserRef } from "#app/auth/user.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";

/** Creates a user without a password, who cannot sign in. */
export async function createTestUser(id: string = crypto.randomUUID()): Promise<UserRef> {
  const row = await db
    .insertInto("user")
    .values({
      id,
      name: "Test user",
      email: `${id}@example.com`,
      emailVerified: false,
      timezone: "Europe/Lisbon",
      banned: null,
      banExpires: null,
    })
    .returning(["id", "name", "timezone", "weekStart", "clock", "theme", "captureLanguage", "dateOrder"])
    .executeTakeFirstOrThrow();
  return toUserRef(row);
}

/** `cookie` is that of the session. */
export async function signUpTestUser(): Promise<{ user: UserRef; cookie: string }> {
  const body = { name: "Test user", email: `${crypto.randomUUID()}@example.com`, password: "correct horse", timezone: "Europe/Lisbon" };
  const { headers, response } = await auth().api.signUpEmail({ body, returnHeaders: true });
  const [cookie = ""] = headers.getSetCookie().flatMap((line) => /^doable\.session_token=[^;]*/.exec(line) ?? []);
  return { user: toUserRef({ id: response.user.id, ...body }), cookie };
}
