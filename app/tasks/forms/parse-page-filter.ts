import { z } from "zod";
import { TaskFilter } from "#app/tasks/filter.ts";
import { defaultStatus, type PageFilter } from "#app/tasks/forms/page-filter.ts";

const { status, view, list_id, label, min_priority, due_from, due_to, q } = TaskFilter.shape;

const LenientFilter = z.object({
  status: status.unwrap().optional().catch(undefined),
  view: view.catch(undefined),
  list_id: list_id.catch(undefined),
  label: label.catch(undefined),
  min_priority: min_priority.catch(undefined),
  due_from: due_from.catch(undefined),
  due_to: due_to.catch(undefined),
  q: q.catch(undefined),
});

/** Empty and invalid parameters count as absent. Without a status the default depends on whether there is a search. */
export function parsePageFilter(search: URLSearchParams): PageFilter {
  const given = [...search].map(([name, value]) => [name, value.trim()] as const).filter(([, value]) => value !== "");
  const labels = given.flatMap(([name, value]) => (name === "label" ? value : []));
  const filter = LenientFilter.parse({ ...Object.fromEntries(given), label: labels.length > 0 ? labels : undefined });
  return { ...filter, status: filter.status ?? defaultStatus(filter) };
}
