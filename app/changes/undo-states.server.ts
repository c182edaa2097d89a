import { type Kysely, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";

/** What undos and redos have made of a change. */
export interface UndoState {
  isUndone: boolean;
  /** The change itself, or the last undo or redo of it; null if that is not known any more. */
  last: number | null;
}

/** Of a row `log` of the change log: it undid or redid another change. */
export const IS_UNDO = sql`exists (select from undone_change where user_id = log.user_id and undone_by = log.change_seq)`;

/** By change number. A change can be undone, redone and undone again: each step is a change that undoes the one before. */
export async function undoStates(qb: Kysely<Database>, userId: string, numbers: number[]): Promise<Map<number, UndoState>> {
  if (numbers.length === 0) return new Map();
  const { rows } = await sql<UndoState & { number: number }>`
    with recursive step as (
      select number, number as last, false as is_undone from unnest(${numbers}::bigint[]) change (number)
      union all
      select step.number, undone.undone_by, not step.is_undone
      from step join undone_change undone on undone.user_id = ${userId} and undone.change_seq = step.last
    )
    select distinct on (number) number, last, is_undone from step order by number, last desc nulls first
  `.execute(qb);
  return new Map(rows.map(({ number, ...state }) => [number, state]));
}
