import { type ExpressionBuilder, type Selectable, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import { LIST_COLORS } from "#app/lists/colors.ts";
import type { List } from "#app/lists/list.ts";

export const LIST_COLUMNS = [
  "id",
  "name",
  "color",
  "rank",
  "createdAt",
  "updatedAt",
  "version",
  "changeSeq",
] as const satisfies (keyof Database["list"])[];

type ListRow = Pick<Selectable<Database["list"]>, (typeof LIST_COLUMNS)[number]> & { openCount: number | null };

/** Of the list that the statement selects. */
export function openCount(eb: ExpressionBuilder<Database, "list">) {
  return eb
    .selectFrom("task")
    .select(eb.fn.countAll<number>().as("count"))
    .whereRef("task.userId", "=", "list.userId")
    .whereRef("task.listId", "=", "list.id")
    .where("task.status", "=", sql.lit("open"))
    .where("task.parentId", "is", null)
    .where("task.deletedAt", "is", null);
}

export function toList({ id, name, color, rank, openCount, createdAt, updatedAt, version, changeSeq }: ListRow): List {
  return {
    id,
    name,
    color: LIST_COLORS.find((known) => known === color) ?? null,
    rank,
    openCount: openCount ?? 0,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    version,
    changeSeq,
  };
}
