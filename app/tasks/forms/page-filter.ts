import { z } from "zod";
import { TaskFilter } from "#app/tasks/filter.ts";

const { status, view, list_id, label, min_priority, due_from, due_to, q } = TaskFilter.shape;

const Shown = z.object({
  status: status.unwrap().optional().catch(undefined),
  view: view.catch(undefined),
  list_id: list_id.catch(undefined),
  label: label.catch(undefined),
  min_priority: min_priority.catch(undefined),
  due_from: due_from.catch(undefined),
  due_to: due_to.catch(undefined),
  q: q.catch(undefined),
});

/** What the page of all tasks narrows by, under the API's own names. */
export type ShownFilter = Omit<z.infer<typeof Shown>, "status"> & Pick<TaskFilter, "status">;

/**
 * As an address says it, where what can't be read is as good as absent, and so is what a form left empty.
 * Without a word about it, done tasks are shown only to somebody who searches.
 */
export function shownFilter(search: URLSearchParams): ShownFilter {
  const given = [...search].map(([name, value]) => [name, value.trim()] as const).filter(([, value]) => value !== "");
  const labels = given.flatMap(([name, value]) => (name === "label" ? value : []));
  const filter = Shown.parse({ ...Object.fromEntries(given), label: labels.length > 0 ? labels : undefined });
  return { ...filter, status: filter.status ?? defaultStatus(filter) };
}

export function defaultStatus({ q }: Pick<ShownFilter, "q">): TaskFilter["status"] {
  return q === undefined ? "open" : "all";
}

/** Whether more is left out than by the status alone. */
export function isNarrowed({ status: _status, ...rest }: ShownFilter): boolean {
  return Object.values(rest).some((part) => part !== undefined);
}
