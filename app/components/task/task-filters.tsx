import { SlidersHorizontal, X } from "lucide-react";
import { useRef } from "react";
import { Form, Link, useSearchParams } from "react-router";
import { useFieldsKey } from "#app/components/forms/use-edited-since-submit.ts";
import { FILTER_PANEL_ID, FilterChip, FilterPanel, HiddenParams } from "#app/components/task/filter-panel.tsx";
import { type FilterDays, filterParts, withToggled } from "#app/components/task/filter-parts.ts";
import { withParams } from "#app/components/ui/flash.ts";
import { useLists } from "#app/components/ui/layout-data.ts";
import { usePendingSearchParams } from "#app/components/ui/use-pending-search-params.ts";
import { defaultStatus, type PageFilter } from "#app/tasks/forms/page-filter.ts";

const STATUSES = [
  ["open", "Open"],
  ["done", "Done"],
  ["all", "All"],
] as const;

interface TaskFiltersProps {
  filter: PageFilter;
  labels: string[];
  days: FilterDays;
}

/** All state is in the address, so these are links and GET forms. */
export function TaskFilters({ filter, labels, days }: TaskFiltersProps) {
  const search = usePendingSearchParams();
  return (
    <>
      <search className="mt-4 flex gap-2">
        <SearchForm words={filter.q} />
        <button type="button" popoverTarget={FILTER_PANEL_ID} className="button-quiet flex-none">
          <SlidersHorizontal aria-hidden="true" size={18} strokeWidth={1.75} />
          Filter
        </button>
        <FilterPanel filter={filter} labels={labels} />
      </search>
      <nav aria-label="Which tasks" className="mt-3 flex flex-wrap gap-1.5">
        {STATUSES.map(([value, text]) => (
          <FilterChip
            key={value}
            to={withParams(search, { cursor: undefined, status: value === defaultStatus(filter) ? undefined : value })}
            isOn={value === filter.status}
          >
            {text}
          </FilterChip>
        ))}
      </nav>
      <ActiveFilters filter={filter} days={days} />
    </>
  );
}

function SearchForm({ words }: { words: string | undefined }) {
  const [search] = useSearchParams();
  const form = useRef<HTMLFormElement>(null);
  const key = useFieldsKey(form, words);
  return (
    <Form method="get" ref={form} className="flex min-w-0 flex-1 gap-2">
      <HiddenParams except={["q"]} />
      <input
        type="search"
        name="q"
        aria-label="Search your tasks"
        placeholder="Search"
        defaultValue={words}
        maxLength={500}
        // biome-ignore lint/a11y/noAutofocus: `q` in the address means that the user came to search, or has just searched.
        autoFocus={search.has("q") && !search.has("edit")}
        key={key}
        autoComplete="off"
        className="input"
      />
      <button type="submit" className="button-quiet flex-none">
        Search
      </button>
    </Form>
  );
}

function ActiveFilters({ filter, days }: Omit<TaskFiltersProps, "labels">) {
  const search = usePendingSearchParams();
  const parts = filterParts(filter, days, useLists());
  if (parts.length === 0) return null;
  return (
    <ul aria-label="Filters" className="mt-1.5 flex flex-wrap items-center gap-1.5">
      {parts.map(({ name, value, text }) => (
        <li key={`${name} ${value}`} className="flex max-w-full">
          <Link
            to={withToggled(search, true, name, value)}
            preventScrollReset
            aria-label={`Remove filter: ${text}`}
            className="filter-chip bg-accent-soft text-accent"
          >
            <span className="truncate">{text}</span>
            <X aria-hidden="true" size={13} strokeWidth={2.25} className="flex-none opacity-70" />
          </Link>
        </li>
      ))}
      <li>
        <Link to="/tasks" className="filter-chip">
          Clear filters
        </Link>
      </li>
    </ul>
  );
}
