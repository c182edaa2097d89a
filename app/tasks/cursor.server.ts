import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { secret } from "#app/secret.server.ts";

/** Where a page ended: the last row's sort key as Postgres writes it, and its id. */
const Position = z.tuple([z.string(), z.uuid()]);
export type Position = z.infer<typeof Position>;

/**
 * `position.signature`, base64url. The signature covers `scope` (whose rows, which filter, which order) as well:
 * a cursor of another user or another filter does not verify.
 */
export function encodeCursor(position: Position, scope: string): string {
  const payload = Buffer.from(JSON.stringify(position)).toString("base64url");
  return `${payload}.${sign(payload, scope)}`;
}

export function decodeCursor(cursor: string, scope: string): Position | undefined {
  const [payload = "", signature = ""] = cursor.split(".");
  const expected = Buffer.from(sign(payload, scope));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return Position.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
}

function sign(payload: string, scope: string): string {
  return createHmac("sha256", secret).update(`cursor\n${scope}\n${payload}`).digest().subarray(0, 16).toString("base64url");
}
