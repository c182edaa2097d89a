import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { prepared } from "#app/db/prepared.ts";

export interface Ban {
  banned?: boolean | null | undefined;
  banExpires?: Date | null | undefined;
}

/** What every request of the API asks. */
const userById = prepared(({ id }: { id: string }) =>
  db.selectFrom("user").select(["id", "name", "timezone", "weekStart", "clock", "theme", "banned", "banExpires"]).where("id", "=", id),
);

/** The user with that id, unless there is none or they are banned. */
export async function findActiveUser(id: string): Promise<UserRef | undefined> {
  const { rows } = await db.executeQuery(userById({ id }));
  const [row] = rows;
  return row && !isBanned(row) ? toUserRef(row) : undefined;
}

interface UserRow {
  id: string;
  name: string;
  timezone: string;
  weekStart?: number | null | undefined;
  clock?: string | null | undefined;
  theme?: string | null | undefined;
}

/** A person who never touched the settings has the first of each. */
export function toUserRef({ id, name, timezone, weekStart, clock, theme }: UserRow): UserRef {
  return {
    id,
    name,
    timezone,
    weekStart: weekStart ?? 1,
    clock: clock === "12" ? "12" : "24",
    theme: theme === "light" || theme === "dark" ? theme : "system",
  };
}

/** Both doors ask this on every request. */
export function isBanned({ banned, banExpires }: Ban): boolean {
  return banned === true && (!banExpires || banExpires.getTime() > Date.now());
}
