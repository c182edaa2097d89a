import { SlidersHorizontal, X } from "lucide-react";
import { Form, Link, useSearchParams } from "react-router";
import { useLists } from "#app/components/shell/layout-data.ts";
import { FilterChip, FilterPanel, KeptParts, PANEL } from "#app/components/task/filter-panel.tsx";
import { type FilterDays, partsOf, toggled } from "#app/components/task/filter-parts.ts";
import { here } from "#app/components/ui/flash.ts";
import { useComingSearch } from "#app/components/ui/use-pending-search-params.ts";
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

/** What narrows the page, all of it in the address: links and forms that keep what the address says besides. */
export function TaskFilters({ filter, labels, days }: TaskFiltersProps) {
  const search = useComingSearch();
  return (
    <>
      <search className="mt-4 flex gap-2">
        <SearchForm words={filter.q} />
        <button type="button" popoverTarget={PANEL} className="button-quiet flex-none">
          <SlidersHorizontal aria-hidden="true" size={18} strokeWidth={1.75} />
          Filter
        </button>
        <FilterPanel filter={filter} labels={labels} />
      </search>
      <nav aria-label="Which tasks" className="mt-3 flex flex-wrap gap-1.5">
        {STATUSES.map(([value, text]) => (
          <FilterChip
            key={value}
            to={here(search, { cursor: undefined, status: value === defaultStatus(filter) ? undefined : value })}
            isOn={value === filter.status}
          >
            {text}
          </FilterChip>
        ))}
      </nav>
      <PartsOn filter={filter} days={days} />
    </>
  );
}

function SearchForm({ words }: { words: string | undefined }) {
  const [search] = useSearchParams();
  return (
    <Form method="get" className="flex min-w-0 flex-1 gap-2">
      <KeptParts but={["q"]} />
      <input
        type="search"
        name="q"
        aria-label="Search your tasks"
        placeholder="Search"
        defaultValue={words}
        maxLength={500}
        // Whoever came here to search, or has just searched.
        // biome-ignore lint/a11y/noAutofocus: as asked for.
        autoFocus={search.has("q") && !search.has("edit")}
        key={words}
        autoComplete="off"
        className="input"
      />
      <button type="submit" className="button-quiet flex-none">
        Search
      </button>
    </Form>
  );
}

/** What the tasks are narrowed by, each part with a click that takes it away. */
function PartsOn({ filter, days }: Omit<TaskFiltersProps, "labels">) {
  const search = useComingSearch();
  const parts = partsOf(filter, days, useLists());
  if (parts.length === 0) return null;
  return (
    <ul aria-label="Filters" className="mt-1.5 flex flex-wrap items-center gap-1.5">
      {parts.map(({ name, value, text }) => (
        <li key={`${name} ${value}`} className="flex max-w-full">
          <Link
            to={toggled(search, true, name, value)}
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
