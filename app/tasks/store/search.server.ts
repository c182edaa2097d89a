import { type RawBuilder, type SqlBool, sql } from "kysely";

/** More words than anybody looks for. */
const MAX_WORDS = 20;

/** Every word, the last one as the beginning of a word; `undefined` when the text has none. */
function tsquery(userId: string, text: string): RawBuilder<unknown> | undefined {
  const words = text.match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, MAX_WORDS);
  return words && sql`marked_query(${userId}, ${`${words.join(" & ")}:*`})`;
}

/** The user's tasks whose title, labels or notes have these words. A text without a word finds nothing. */
export function found(userId: string, text: string): RawBuilder<SqlBool> {
  const query = tsquery(userId, text);
  return query ? sql<SqlBool>`search @@ ${query}` : sql<SqlBool>`false`;
}

/** How well: title before labels before notes. */
export function relevance(userId: string, text: string): RawBuilder<number> {
  return sql<number>`ts_rank_cd(search, ${tsquery(userId, text) ?? sql`''::tsquery`})`;
}
