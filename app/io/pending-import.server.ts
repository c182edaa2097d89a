import { randomUUID } from "node:crypto";
import { type SqlBool, sql } from "kysely";
import { z } from "zod";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import type { Timestamp } from "#app/db/schema.ts";

const HOURS = 1;
const isCurrent = sql<SqlBool>`held_at > now() - make_interval(hours => ${sql.lit(HOURS)})`;

export interface HeldFile {
  id: string;
  name: string;
  content: Uint8Array;
}

/** The one file of a user that waits to be agreed to. */
export function heldFileOf(user: Pick<UserRef, "id">) {
  /** In place of the one before. */
  async function hold(name: string, content: Uint8Array): Promise<void> {
    const file = {
      id: randomUUID(),
      name: name.replaceAll("\0", "").toWellFormed(),
      content: Buffer.from(content),
      heldAt: sql<Timestamp>`now()`,
    };
    await db
      .insertInto("heldFile")
      .values({ ...file, userId: user.id })
      .onConflict((conflict) => conflict.column("userId").doUpdateSet(file))
      .execute();
  }

  async function find(): Promise<HeldFile | undefined> {
    return db.selectFrom("heldFile").select(["id", "name", "content"]).where("userId", "=", user.id).where(isCurrent).executeTakeFirst();
  }

  /** Lets go of it, if it is still that one, and returns it: only one of two who ask gets it. */
  async function release(id: string): Promise<HeldFile | undefined> {
    if (!z.uuid().safeParse(id).success) return undefined;
    return db
      .deleteFrom("heldFile")
      .where("userId", "=", user.id)
      .where("id", "=", id)
      .where(isCurrent)
      .returning(["id", "name", "content"])
      .executeTakeFirst();
  }

  return { hold, find, release };
}

/** Files that nobody has agreed to are gone after an hour. */
export async function sweepHeldFiles(): Promise<void> {
  await db
    .deleteFrom("heldFile")
    .where((eb) => eb.not(isCurrent))
    .execute();
}
