import { withParams } from "#app/components/ui/flash.ts";
import type { PageFilter } from "#app/tasks/forms/page-filter.ts";

type Name = Exclude<keyof PageFilter, "status">;

interface FilterPart {
  name: Name;
  value: string;
  text: string;
}

export const VIEWS: Record<string, string> = { overdue: "Overdue", today: "Today", upcoming: "Upcoming", inbox: "Inbox" };
export const PRIORITIES: Record<string, string> = { 3: "High", 2: "Medium or higher", 1: "Low or higher" };

/** In words. */
export interface FilterDays {
  from: string | undefined;
  to: string | undefined;
}

export function filterParts(filter: PageFilter, days: FilterDays, lists: readonly { id: string; name: string }[]): FilterPart[] {
  const { label: labels = [], ...others } = filter;
  const listName = lists.find(({ id }) => id === filter.list_id)?.name ?? "A list that is gone";
  const words: [Name, string][] = [
    ["q", `“${filter.q}”`],
    ["view", VIEWS[filter.view ?? ""] ?? ""],
    ["list_id", listName],
    ["min_priority", `Priority ${PRIORITIES[filter.min_priority ?? 0]?.toLowerCase()}`],
    ["due_from", `Due from ${days.from}`],
    ["due_to", `Due until ${days.to}`],
  ];
  return [
    ...words.flatMap(([name, text]) => {
      const value = name === "label" ? undefined : others[name];
      return value === undefined ? [] : { name, value: String(value), text };
    }),
    ...labels.map((value): FilterPart => ({ name: "label", value, text: `#${value}` })),
  ];
}

/** The link that toggles a part of the filter and returns to the first page. Labels can be combined; any other part replaces the one of its name. */
export function withToggled(search: URLSearchParams, isOn: boolean, name: Name, value: string): string {
  const labels = search.getAll("label").map((label) => label.trim());
  const others = name === "label" ? labels.filter((label) => label !== value) : [];
  return withParams(search, { cursor: undefined, [name]: isOn ? others : [...others, value] });
}
