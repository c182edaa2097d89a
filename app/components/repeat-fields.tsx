import { Labelled } from "#app/components/task-fields.tsx";
import type { FieldErrors } from "#app/http/form.ts";
import type { TaskFormValues } from "#app/tasks/task-form.ts";

const DAYS = [
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
  /** The dates that follow under the rule as it is saved. */
  next: string[];
}

/** When a task shows up, and how it comes back. */
export function RepeatFields({ values, errors, next }: RepeatFieldsProps) {
  const chosen = new Set(values.on?.split(","));
  return (
    <div className="mt-4 grid grid-cols-2 gap-3 border-t border-line pt-4 desk:grid-cols-4">
      <Labelled label="Hide until" error={errors?.start} className="">
        {(props) => <input {...props} name="start" type="date" defaultValue={values.start} className="input" />}
      </Labelled>
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
      <Labelled label="Every" error={undefined} className="">
        {(props) => <input {...props} name="every" type="number" min={1} max={999} defaultValue={values.every || "1"} className="input" />}
      </Labelled>
      <Labelled label="Counted from" error={undefined} className="">
        {(props) => (
          <select {...props} name="anchor" defaultValue={values.anchor ?? "due"} className="input">
            <option value="due">The due date</option>
            <option value="completion">Completion</option>
          </select>
        )}
      </Labelled>
      <fieldset className="col-span-2 desk:col-span-4">
        <legend className="mb-1 text-[13px] font-medium text-ink-2">On, when weekly</legend>
        <div className="flex flex-wrap gap-1">
          {DAYS.map(([value, label]) => (
            <label
              key={value}
              className="flex h-9 items-center rounded-lg border border-line px-2.5 text-[13px] text-ink-2 has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-11"
            >
              <input type="checkbox" name="on" value={value} defaultChecked={chosen.has(value ?? "")} className="sr-only" />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <Labelled label="Until" error={undefined} className="">
        {(props) => <input {...props} name="until" type="date" defaultValue={values.until} className="input" />}
      </Labelled>
      <Labelled label="Or so many times" error={undefined} className="">
        {(props) => <input {...props} name="times" type="number" min={1} max={999} defaultValue={values.times} className="input" />}
      </Labelled>
      <Labelled label="Rule" error={undefined} className="col-span-2">
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
      {next.length > 0 && <p className="col-span-2 text-[13px] text-ink-2 desk:col-span-4">Then {next.join(" · ")}</p>}
    </div>
  );
}
