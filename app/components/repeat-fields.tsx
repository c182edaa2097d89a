import { ChevronDown } from "lucide-react";
import { Labelled } from "#app/components/task-fields.tsx";
import { useSettings } from "#app/components/use-settings.ts";
import type { FieldErrors } from "#app/http/form.ts";
import type { TaskFormValues } from "#app/tasks/task-form.ts";

const DAYS: [value: string, label: string][] = [
  ["MO", "Mon"],
  ["TU", "Tue"],
  ["WE", "Wed"],
  ["TH", "Thu"],
  ["FR", "Fri"],
  ["SA", "Sat"],
  ["SU", "Sun"],
];

interface RepeatFieldsProps {
  values: TaskFormValues;
  errors: FieldErrors | undefined;
  /** The rule as it is saved, in words. */
  words: string | null;
  /** The dates that follow under the rule as it is saved. */
  next: string[];
}

/** When a task shows up, and how it comes back: folded as long as it says nothing. */
export function RepeatFields({ values, errors, words, next }: RepeatFieldsProps) {
  const isOpen = Boolean(values.repeat || values.start || values.timezone || errors?.repeat || errors?.start);
  return (
    <details className="group mt-4 border-t border-line" open={isOpen || undefined}>
      <summary className="-mb-1 flex min-h-11 list-none items-center gap-1.5 text-sm font-medium text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronDown aria-hidden="true" size={16} className="-rotate-90 transition-transform duration-150 group-open:rotate-0" />
        Repeat and hide
        {words && <span className="ml-auto text-[13px] font-normal">{words}</span>}
      </summary>
      <div className="grid grid-cols-2 gap-3 pt-2 lg:grid-cols-4">
        <Frequency values={values} errors={errors} />
        <Weekdays chosen={values.on} />
        <Rule values={values} />
        {next.length > 0 && <p className="col-span-2 text-[13px] text-ink-2 lg:col-span-4">Then {next.join(" · ")}</p>}
        <Appearance values={values} errors={errors} />
      </div>
    </details>
  );
}

type PartProps = Pick<RepeatFieldsProps, "values" | "errors">;

function Frequency({ values, errors }: PartProps) {
  return (
    <>
      <Labelled label="Repeat" error={errors?.repeat} className="">
        {(props) => (
          <select {...props} name="repeat" defaultValue={values.repeat ?? ""} className="input">
            <option value="">Never</option>
            <option value="daily">Daily</option>
            <option value="weekly">Weekly</option>
            <option value="monthly">Monthly</option>
            <option value="yearly">Yearly</option>
            <option value="custom">By a rule</option>
          </select>
        )}
      </Labelled>
      <input type="hidden" name="days" value={values.days ?? ""} />
      <Labelled label="Every" error={undefined} className="">
        {(props) => <input {...props} name="every" type="number" min={1} max={999} defaultValue={values.every || "1"} className="input" />}
      </Labelled>
      <Labelled label="Until" error={undefined} className="">
        {(props) => <input {...props} name="until" type="date" defaultValue={values.until} className="input" />}
      </Labelled>
      <Labelled label="Or so many times" error={undefined} className="">
        {(props) => <input {...props} name="times" type="number" min={1} max={999} defaultValue={values.times} className="input" />}
      </Labelled>
    </>
  );
}

function Weekdays({ chosen = "" }: { chosen: string | undefined }) {
  const days = chosen.split(",");
  const { weekStart } = useSettings();
  return (
    <fieldset className="col-span-2 lg:col-span-4">
      <legend className="mb-1 text-[13px] font-medium text-ink-2">On, when weekly</legend>
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

/** What the fields above can't say, and from when both count. */
function Rule({ values }: Pick<PartProps, "values">) {
  return (
    <>
      <Labelled label="Counted from" error={undefined} className="col-span-2 lg:col-span-1">
        {(props) => (
          <select {...props} name="anchor" defaultValue={values.anchor ?? "due"} className="input">
            <option value="due">The due date</option>
            <option value="completion">Completion</option>
          </select>
        )}
      </Labelled>
      <Labelled label="Rule" error={undefined} className="col-span-2 lg:col-span-3">
        {(props) => (
          <input
            {...props}
            name="rule"
            defaultValue={values.rule}
            placeholder="FREQ=MONTHLY;BYDAY=2TU"
            autoComplete="off"
            className="input font-mono text-[13px]"
          />
        )}
      </Labelled>
    </>
  );
}

function Appearance({ values, errors }: PartProps) {
  return (
    <>
      <Labelled label="Hide until" error={errors?.start} className="lg:col-span-2">
        {(props) => <input {...props} name="start" type="date" defaultValue={values.start} className="input" />}
      </Labelled>
      <Labelled label="Time zone" error={undefined} className="lg:col-span-2">
        {(props) => (
          <input {...props} name="timezone" defaultValue={values.timezone} placeholder="Where I am" autoComplete="off" className="input" />
        )}
      </Labelled>
    </>
  );
}
