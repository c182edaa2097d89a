import { useCalendar } from "#app/components/ui/layout-data.ts";

const DAYS: [value: string, label: string][] = [
  ["MO", "Mon"],
  ["TU", "Tue"],
  ["WE", "Wed"],
  ["TH", "Thu"],
  ["FR", "Fri"],
  ["SA", "Sat"],
  ["SU", "Sun"],
];

/** `chosen` are day codes of RFC 5545, separated by commas. */
export function Weekdays({ chosen = "" }: { chosen: string | undefined }) {
  const days = chosen.split(",");
  const { weekStart } = useCalendar();
  return (
    <fieldset className="if-weekly col-span-2 lg:col-span-4">
      <legend className="mb-1 text-[13px] font-medium text-ink-2">On</legend>
      <div className="grid max-w-md grid-cols-7 gap-1">
        {[...DAYS.slice(weekStart - 1), ...DAYS.slice(0, weekStart - 1)].map(([value, label]) => (
          <label
            key={value}
            className="flex h-9 items-center justify-center rounded-lg border border-line text-[13px] text-ink-2 has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-11"
          >
            <input type="checkbox" name="on" value={value} defaultChecked={days.includes(value)} className="sr-only" />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
