import { z } from "zod";
import { readSignedText, signedText } from "#app/signed-text.server.ts";

/** In this order within one change: what is gone, so that what took its id stays; a list before the tasks in it. */
export const KINDS = ["gone task", "gone list", "list", "task"] as const;
export type Kind = (typeof KINDS)[number];

/** Where a reader of one user's changes stands: it has everything up to and including one row of one change. */
export interface Position {
  seq: number;
  /** An index in `KINDS`, or beyond. */
  kind: number;
  id: string;
  /** The last change before the reader began. What was gone by then it never had, so it need not be told. */
  began: number;
}

const NO_ID = "00000000-0000-0000-0000-000000000000";
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** With all of every change up to this one. */
export function endOf(seq: number): Position {
  return { seq, kind: KINDS.length, id: LAST_ID, began: 0 };
}

/** The change number and the id that rows of a kind come after for a reader; without a position, for one who begins. */
export function boundOf(kind: Kind, position: Position | undefined): [seq: number, id: string] {
  const isGone = kind.startsWith("gone");
  if (!position) return isGone ? [Number.MAX_SAFE_INTEGER, LAST_ID] : [0, NO_ID];
  if (isGone && position.began >= position.seq) return [position.began, LAST_ID];
  const distance = KINDS.indexOf(kind) - position.kind;
  if (distance === 0) return [position.seq, position.id];
  return [distance > 0 ? position.seq - 1 : position.seq, LAST_ID];
}

const Parts = z.tuple([z.int(), z.int(), z.uuid(), z.int()]);

export function encodePosition({ seq, kind, id, began }: Position, userId: string): string {
  const parts: z.infer<typeof Parts> = [seq, kind, id, began];
  return signedText(parts, scopeOf(userId));
}

/** `undefined`: the token is not one of this user's. */
export function decodePosition(token: string, userId: string): Position | undefined {
  const parts = readSignedText(token, scopeOf(userId), Parts);
  if (!parts) return undefined;
  const [seq, kind, id, began] = parts;
  return { seq, kind, id, began };
}

function scopeOf(userId: string): string {
  return `changes\n${userId}`;
}
