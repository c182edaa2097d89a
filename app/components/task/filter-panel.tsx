import { type ReactNode, useRef } from "react";
import { Form, Link } from "react-router";
import { useFieldsKey } from "#app/components/forms/use-edited-since-submit.ts";
import { PRIORITIES, VIEWS, withToggled } from "#app/components/task/filter-parts.ts";
import { persistentParams } from "#app/components/ui/flash.ts";
import { useLists } from "#app/components/ui/layout-data.ts";
import { usePendingSearchParams } from "#app/components/ui/use-pending-search-params.ts";
import type { PageFilter } from "#app/tasks/forms/page-filter.ts";

export const FILTER_PANEL_ID = "filter-panel";

interface FilterPanelProps {
  filter: PageFilter;
  labels: string[];
}

export function FilterPanel({ filter, labels }: FilterPanelProps) {
  const priorities = [3, 2, 1].map((priority): Choice => [String(priority), PRIORITIES[priority] ?? ""]);
  const lists = useLists().map(({ id, name }): Choice => [id, name]);
  return (
    <div id={FILTER_PANEL_ID} popover="auto" role="dialog" aria-label="Filter" className="menu filter-panel">
      <Choices heading="Show" filter={filter} name="view" choices={Object.entries(VIEWS)} />
      <Choices heading="Priority" filter={filter} name="min_priority" choices={priorities} />
      <Choices heading="List" filter={filter} name="list_id" choices={lists} />
      <Choices heading="Label" filter={filter} name="label" choices={labels.map((label): Choice => [label, `#${label}`])} />
      <DueRange filter={filter} />
    </div>
  );
}

function DueRange({ filter }: Pick<FilterPanelProps, "filter">) {
  const form = useRef<HTMLFormElement>(null);
  const key = useFieldsKey(form, `${filter.due_from} ${filter.due_to}`);
  return (
    <Form method="get" ref={form} preventScrollReset className="p-2.5">
      <HiddenParams except={["due_from", "due_to"]} />
      <fieldset key={key} className="grid grid-cols-[1fr_1fr_auto] items-end gap-2">
        <legend className="mb-1.5 text-[13px] font-medium text-ink-2">Due</legend>
        <Day name="due_from" label="From" value={filter.due_from} />
        <Day name="due_to" label="Up to" value={filter.due_to} />
        <button type="submit" className="button px-3">
          Set
        </button>
      </fieldset>
    </Form>
  );
}

type Choice = [value: string, text: string];

interface ChoicesProps {
  heading: string;
  filter: PageFilter;
  name: "view" | "min_priority" | "list_id" | "label";
  choices: Choice[];
}

function Choices({ heading, filter, name, choices }: ChoicesProps) {
  const search = usePendingSearchParams();
  if (choices.length === 0) return null;
  const on = [filter[name] ?? []].flat().map(String);
  return (
    <section className="p-2.5 pb-1">
      <h2 className="mb-1.5 text-[13px] font-medium text-ink-2">{heading}</h2>
      <div className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto">
        {choices.map(([value, text]) => (
          <FilterChip key={value} to={withToggled(search, on.includes(value), name, value)} isOn={on.includes(value)}>
            {text}
          </FilterChip>
        ))}
      </div>
    </section>
  );
}

function Day({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <label className="min-w-0 text-[13px] text-ink-3">
      <span className="mb-1 block">{label}</span>
      <input type="date" name={name} defaultValue={value} min="0001-01-01" max="9999-12-31" className="input px-2" />
    </label>
  );
}

export function FilterChip({ to, isOn, children }: { to: string; isOn: boolean; children: ReactNode }) {
  return (
    <Link to={to} preventScrollReset aria-current={isOn ? "true" : undefined} className="filter-chip">
      <span className="truncate">{children}</span>
    </Link>
  );
}

/** Hidden inputs for the address's other parameters, so that a GET form keeps them. `except` are the form's own. */
export function HiddenParams({ except }: { except: string[] }) {
  const search = usePendingSearchParams();
  const others = [...persistentParams(search)].filter(([name]) => name !== "cursor" && !except.includes(name));
  return others.map(([name, value]) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />);
}
