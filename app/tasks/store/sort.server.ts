import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { TaskFilter } from "#app/tasks/filter.ts";
import type { TASK_SORTS } from "#app/tasks/task.ts";

interface Sort {
  /** Never null, or rows without a value would fall between two pages. */
  key: RawBuilder<unknown>;
  direction: "asc" | "desc";
  /** The rows that follow the one with this key and id. Ids differ, so no two rows share a place. */
  after(key: string, id: string): RawBuilder<SqlBool>;
}

/** The type is what a cursor's text is read back as. */
const KEYS: Record<(typeof TASK_SORTS)[number], { key: string; type: string }> = {
  rank: { key: "rank", type: `text` },
  due: { key: "coalesce(due_date, 'infinity')", type: "date" },
  priority: { key: "priority", type: "smallint" },
  created_at: { key: "created_at", type: "timestamptz" },
  updated_at: { key: "updated_at", type: "timestamptz" },
  title: { key: "lower(title)", type: "text" },
};

/** Tasks without a due date come last, or first when turned round. */
export function sortOf(sort: TaskFilter["sort"]): Sort {
  const descending = sort.startsWith("-");
  const { key, type } = KEYS[sort.replace("-", "") as keyof typeof KEYS];
  const order = sql.raw(descending ? "<" : ">");
  return {
    key: sql.raw(key),
    direction: descending ? "desc" : "asc",
    after: (value, id) => sql<SqlBool>`(${sql.raw(key)}, id) ${order} (${value}::${sql.raw(type)}, ${id}::uuid)`,
  };
}
