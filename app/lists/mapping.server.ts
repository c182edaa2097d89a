import type { Selectable } from "kysely";
import type { Database } from "#app/db/schema.ts";
import { LIST_COLORS, type List } from "#app/lists/list.ts";

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
