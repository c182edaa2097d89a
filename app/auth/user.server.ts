import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";

interface Ban {
  banned?: boolean | null | undefined;
  banExpires?: Date | null | undefined;
}

/** The user with that id, unless there is none or they are banned. */
export async function findActiveUser(id: string): Promise<UserRef | undefined> {
  const row = await db
    .selectFrom("user")
    .select(["id", "name", "timezone", "banned", "banExpires"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row && !isBanned(row) ? { id: row.id, name: row.name, timezone: row.timezone } : undefined;
}

/** Better Auth asks this only when a session begins; both doors ask it on every request. */
export function isBanned({ banned, banExpires }: Ban): boolean {
  return banned === true && (!banExpires || banExpires.getTime() > Date.now());
}
