import { CAPTURE_LANGUAGES, DATE_ORDERS, type UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { prepared } from "#app/db/prepared.ts";
import { writesOf } from "#app/db/user-connections.server.ts";

export interface Ban {
  banned?: boolean | null | undefined;
  banExpires?: Date | null | undefined;
}

const COLUMNS = [
  "id",
  "name",
  "timezone",
  "weekStart",
  "clock",
  "theme",
  "captureLanguage",
  "dateOrder",
  "banned",
  "banExpires",
  "tokensValidFrom",
] as const;

/** Prepared: one of these runs on every API request. */
const holderById = prepared(({ id }: { id: string }) => db.selectFrom("user").select(COLUMNS).where("id", "=", id));
const holderByIdAndKey = prepared(({ id, kid }: { id: string; kid: string }) =>
  db
    .selectFrom("user")
    .select(COLUMNS)
    .select(({ exists, selectFrom }) => exists(selectFrom("jwks").select("jwks.id").where("jwks.id", "=", kid)).as("hasKey"))
    .where("id", "=", id),
);

interface TokenClaims {
  userId: string;
  /** Seconds since the epoch. */
  issuedAt: number;
  /** Of the local key that verified the token; `undefined`: a remote key. */
  kid: string | undefined;
}

/**
 * The user of a token whose signature is verified, or why the token is no longer valid: its user is gone or banned, has signed out
 * everywhere since, or its key was deleted. Not to be cached.
 */
export async function findTokenUser({ userId: id, issuedAt, kid }: TokenClaims): Promise<UserRef | string> {
  const { rows } = await db.executeQuery(kid === undefined ? holderById({ id }) : holderByIdAndKey({ id, kid }));
  const [row] = rows;
  if (!row || isBanned(row)) return "no_such_user";
  if ("hasKey" in row && !row.hasKey) return "unknown_kid";
  if (row.tokensValidFrom && issuedAt * 1000 < row.tokensValidFrom.getTime()) return "signed_out";
  return toUserRef(row);
}

/**
 * Ends every token that the user has. `iat` counts whole seconds, so tokens issued within the current second are among them,
 * also those issued right after this.
 */
export async function endTokens(userId: string): Promise<void> {
  const nextSecond = new Date((Math.floor(Date.now() / 1000) + 1) * 1000);
  await writesOf(userId).updateTable("user").set({ tokensValidFrom: nextSecond }).where("id", "=", userId).execute();
}

interface UserRow {
  id: string;
  name: string;
  timezone: string;
  weekStart?: number | null | undefined;
  clock?: string | null | undefined;
  theme?: string | null | undefined;
  captureLanguage?: string | null | undefined;
  dateOrder?: string | null | undefined;
}

/** As the user in a session. */
export function toUserRef({ id, name, timezone, weekStart, clock, theme, captureLanguage, dateOrder }: UserRow): UserRef {
  return {
    id,
    name,
    timezone,
    weekStart: weekStart ?? 1,
    clock: clock === "12" ? "12" : "24",
    theme: theme === "light" || theme === "dark" ? theme : "system",
    origin: { type: "session" },
    captureLanguage: CAPTURE_LANGUAGES.find((language) => language === captureLanguage) ?? "en",
    dateOrder: DATE_ORDERS.find((order) => order === dateOrder) ?? null,
  };
}

/** Called per request by the session guard and the bearer guard. */
export function isBanned({ banned, banExpires }: Ban): boolean {
  return banned === true && (!banExpires || banExpires.getTime() > Date.now());
}
