import { z } from "zod";
import { readSignedText, signedText } from "#app/signed-text.server.ts";

/** Where a page ended: the last row's sort key as Postgres writes it, and its id. */
const Position = z.tuple([z.string(), z.uuid()]);
export type Position = z.infer<typeof Position>;

/** Of `scope` (whose rows, which filter, which order) alone: a cursor of another user or another filter does not verify. */
export function encodeCursor(position: Position, scope: string): string {
  return signedText(position, `cursor\n${scope}`);
}

export function decodeCursor(cursor: string, scope: string): Position | undefined {
  return readSignedText(cursor, `cursor\n${scope}`, Position);
}
