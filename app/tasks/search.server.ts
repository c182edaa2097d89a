import { type RawBuilder, type SqlBool, sql } from "kysely";

/** More words than anybody looks for. */
const MAX_WORDS = 20;

/** Every word, the last one as the beginning of a word; `undefined` when the text has none. */
function tsquery(text: string): RawBuilder<unknown> | undefined {
  const words = text.match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, MAX_WORDS);
  return words && sql`to_tsquery('simple', ${`${words.join(" & ")}:*`})`;
}

/** Tasks whose title, labels or notes have these words. A text without a word finds nothing. */
export function found(text: string): RawBuilder<SqlBool> {
  const query = tsquery(text);
  return query ? sql<SqlBool>`search @@ ${query}` : sql<SqlBool>`false`;
}

/** How well: title before labels before notes. */
export function relevance(text: string): RawBuilder<number> {
  return sql<number>`ts_rank_cd(search, ${tsquery(text) ?? sql`''::tsquery`})`;
}
