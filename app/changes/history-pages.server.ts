import { z } from "zod";
import { readSignedText, signedText } from "#app/signed-text.server.ts";

export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

interface Page<Row> {
  /** With the one after the page, if there is one. */
  rows: Row[];
  nextCursor: string | null;
}

const LAST = 2 ** 31 - 1;

/**
 * A page of rows in descending order of a number that never changes: rows that are added meanwhile come before the first page.
 * The cursor is the page's last number, signed for `scope`. `undefined`: it is malformed or signed for another scope.
 */
export async function pageOf<Row>(
  scope: string,
  { limit, cursor }: PageRequest,
  numberOf: (row: Row) => number,
  readBelow: (number: number, limit: number) => Promise<Row[]>,
): Promise<Page<Row> | undefined> {
  const below = cursor === undefined ? LAST : readSignedText(cursor, `history\n${scope}`, z.int());
  if (below === undefined) return undefined;
  const rows = await readBelow(below, limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows, nextCursor: last ? signedText(numberOf(last), `history\n${scope}`) : null };
}
