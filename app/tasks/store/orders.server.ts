import { type Kysely, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { readByDue } from "#app/tasks/store/due-order.server.ts";
import {
  isOnlySearch,
  type Order,
  type PageOfTasks,
  type PageRequest,
  readInOrder,
  type SortKey,
  sortKey,
} from "#app/tasks/store/paging.server.ts";
import { readByRelevance } from "#app/tasks/store/relevance-order.server.ts";
import type { TASK_SORTS } from "#app/tasks/task.ts";

type Sort = NonNullable<TaskFilter["sort"]>;

/** A search has the best matches first; everything else is in manual order. */
export function sortOf({ sort, q }: Pick<TaskFilter, "sort" | "q">): Sort {
  return sort ?? (q === undefined ? "rank" : "relevance");
}

const KEYS: Record<Exclude<(typeof TASK_SORTS)[number], "due">, SortKey> = {
  rank: sortKey(sql`rank`, "text"),
  priority: sortKey(sql`priority`, "smallint"),
  created_at: sortKey(sql`created_at`, "timestamptz"),
  updated_at: sortKey(sql`updated_at`, "timestamptz"),
  title: sortKey(sql`title collate natural_order`, "text"),
};

export function readSorted(qb: Kysely<Database>, sort: Sort, request: PageRequest): Promise<PageOfTasks> {
  const name = sort.replace("-", "") as Exclude<Sort, `-${string}`>;
  const direction = sort.startsWith("-") ? "desc" : "asc";
  if (name === "due") return readByDue(qb, request, direction);
  if (name === "relevance") return readByRelevance(qb, request);
  const order: Order = { keys: [KEYS[name]], direction, hasIndex: hasIndex(name, request.filter) };
  return readInOrder(qb, request, sort, () => order);
}

function hasIndex(name: keyof typeof KEYS, filter: TaskFilter): boolean {
  if (!isOnlySearch(filter)) return false;
  return name === "rank" || (filter.status === "all" && (name === "created_at" || name === "updated_at"));
}
