import { z } from "zod";
import { hasSignedForm, keyedHash, readSignedText, signedText } from "#app/signed-text.server.ts";

/**
 * The order of rows within one change. Deletions come first, so that a reader does not delete a row that reuses the id.
 * Lists come before their tasks.
 */
export const KINDS = ["deleted task", "deleted list", "list", "task"] as const;
export type Kind = (typeof KINDS)[number];

export interface Position {
  changeNumber: number;
  /** An index in `KINDS`, or its length: after every kind. */
  kind: number;
  id: string;
  /** The last change before the reader's first page. Rows deleted by then were never sent, so their deletion need not be. */
  startedAt: number;
}

const NO_ID = "00000000-0000-0000-0000-000000000000";
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

export function endOf(changeNumber: number): Position {
  return { changeNumber, kind: KINDS.length, id: LAST_ID, startedAt: 0 };
}

/**
 * A reader continues with the rows of the kind after this change number and id. A new reader, without a position, needs
 * no deletions.
 */
export function boundOf(kind: Kind, position: Position | undefined): [changeNumber: number, id: string] {
  const isDeletion = kind.startsWith("deleted");
  if (!position) return isDeletion ? [Number.MAX_SAFE_INTEGER, LAST_ID] : [0, NO_ID];
  const { changeNumber, id, startedAt } = position;
  if (isDeletion && startedAt >= changeNumber) return [startedAt, LAST_ID];
  const distance = KINDS.indexOf(kind) - position.kind;
  if (distance === 0) return [changeNumber, id];
  return [distance > 0 ? changeNumber - 1 : changeNumber, LAST_ID];
}

const Parts = z.tuple([z.int(), z.int(), z.uuid(), z.int()]);

/** The signed position, and the id of the secret that has signed it. Earlier versions left out the id. */
const TOKEN = /^(.+)\.([\w-]{6})$/;

export function encodePosition({ changeNumber, kind, id, startedAt }: Position, userId: string): string {
  const parts: z.infer<typeof Parts> = [changeNumber, kind, id, startedAt];
  return `${signedText(parts, scopeOf(userId))}.${secretId()}`;
}

/** `undefined`: the token was not issued to this user, or with another secret. */
export function decodePosition(token: string, userId: string): Position | undefined {
  const { text, signer } = partsOf(token);
  if (signer !== undefined && signer !== secretId()) return undefined;
  const parts = readSignedText(text, scopeOf(userId), Parts);
  if (!parts) return undefined;
  const [changeNumber, kind, id, startedAt] = parts;
  return { changeNumber, kind, id, startedAt };
}

/** Whether a token that does not decode may have been issued before the secret was replaced. */
export function isOfOtherSecret(token: string): boolean {
  const { text, signer } = partsOf(token);
  return signer !== secretId() && hasSignedForm(text, Parts);
}

function partsOf(token: string): { text: string; signer: string | undefined } {
  const [, text = token, signer] = TOKEN.exec(token) ?? [];
  return { text, signer };
}

function secretId(): string {
  return keyedHash("", "secret id").slice(0, 6);
}

function scopeOf(userId: string): string {
  return `changes\n${userId}`;
}
