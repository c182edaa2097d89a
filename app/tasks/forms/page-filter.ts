import type { TaskFilter } from "#app/tasks/filter.ts";

// Loaded by browsers: no zod here. The parser is in parse-page-filter.ts.

export type PageFilter = Pick<TaskFilter, "status" | "view" | "list_id" | "label" | "min_priority" | "due_from" | "due_to" | "q">;

/** A search finds done tasks too. */
export function defaultStatus({ q }: Pick<PageFilter, "q">): PageFilter["status"] {
  return q === undefined ? "open" : "all";
}

export function isNarrowed({ status: _status, ...rest }: PageFilter): boolean {
  return Object.values(rest).some((part) => part !== undefined);
}
