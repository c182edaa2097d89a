import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { prepared } from "#app/db/prepared.ts";

export interface Ban {
  banned?: boolean | null | undefined;
  banExpires?: Date | null | undefined;
}

/** Prepared: runs on every API request. */
const userById = prepared(({ id }: { id: string }) =>
  db.selectFrom("user").select(["id", "name", "timezone", "weekStart", "clock", "theme", "banned", "banExpires"]).where("id", "=", id),
);

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

/** Called per request by the session guard and the bearer guard. */
export function isBanned({ banned, banExpires }: Ban): boolean {
  return banned === true && (!banExpires || banExpires.getTime() > Date.now());
}
