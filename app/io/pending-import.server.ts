import { randomUUID } from "node:crypto";
import { type SqlBool, sql } from "kysely";
import { z } from "zod";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import type { Timestamp } from "#app/db/schema.ts";
import { readsOf, writesOf } from "#app/db/user-connections.server.ts";

const TTL_HOURS = 1;
const isCurrent = sql<SqlBool>`held_at > now() - make_interval(hours => ${sql.lit(TTL_HOURS)})`;

export interface PendingImport {
  id: string;
  name: string;
  content: Uint8Array;
}

/** At most one, which awaits confirmation for up to an hour. */
export function pendingImportOf(user: Pick<UserRef, "id">) {
  async function save(name: string, content: Uint8Array): Promise<void> {
    const file = {
      id: randomUUID(),
      name: name.replaceAll("\0", "").toWellFormed(),
      content: Buffer.from(content),
      heldAt: sql<Timestamp>`now()`,
    };
    await writesOf(user.id)
      .insertInto("heldFile")
      .values({ ...file, userId: user.id })
      .onConflict((conflict) => conflict.column("userId").doUpdateSet(file))
      .execute();
  }

  async function find(): Promise<PendingImport | undefined> {
    const mine = readsOf(user.id).selectFrom("heldFile").where("userId", "=", user.id);
    return mine.where(isCurrent).select(["id", "name", "content"]).executeTakeFirst();
  }

  /** Deletes and returns it. `undefined`: it was replaced, has expired, or another request took it first. */
  async function take(id: string): Promise<PendingImport | undefined> {
    if (!z.uuid().safeParse(id).success) return undefined;
    return writesOf(user.id)
      .deleteFrom("heldFile")
      .where("userId", "=", user.id)
      .where("id", "=", id)
      .where(isCurrent)
      .returning(["id", "name", "content"])
      .executeTakeFirst();
  }

  return { save, find, take };
}

export async function deleteExpiredImports(): Promise<void> {
  await db
    .deleteFrom("heldFile")
    .where((eb) => eb.not(isCurrent))
    .execute();
}
