import { z } from "zod";
import { readSignedText, signedText } from "#app/signed-text.server.ts";

export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

interface Page<Row> {
  /** One more than the page has, if there are more. */
  rows: Row[];
  nextCursor: string | null;
}

const LAST = 2 ** 31 - 1;

/**
 * A page of rows in descending order of a number, which never changes: what is added while a reader pages comes before its first page.
 * The cursor is the page's last number, signed for `scope`; `undefined`: it was signed for another one.
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
