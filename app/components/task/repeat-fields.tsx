import { ChevronDown } from "lucide-react";
import { useRef } from "react";
import { Labelled } from "#app/components/forms/field.tsx";
import { useRepeatPreview } from "#app/components/task/use-repeat-preview.ts";
import { Weekdays } from "#app/components/task/weekdays.tsx";
import type { FieldErrors } from "#app/http/form.ts";
import type { RepeatPreview } from "#app/tasks/forms/repeat-preview.ts";
import type { TaskFormValues } from "#app/tasks/forms/task-form.ts";

interface RepeatFieldsProps {
  values: TaskFormValues;
  errors: FieldErrors | undefined;
  saved: RepeatPreview;
}

export function RepeatFields({ values, errors, saved }: RepeatFieldsProps) {
  const fields = useRef<HTMLDetailsElement>(null);
  const { words, next } = useRepeatPreview(fields, saved);
  const isOpen = Boolean(values.repeat || values.start || values.timezone || errors?.repeat || errors?.start);
  return (
    <details ref={fields} className="group mt-4 border-t border-line" open={isOpen || undefined}>
      <summary className="fold-summary">
        <ChevronDown aria-hidden="true" size={16} className="flex-none -rotate-90 transition-transform duration-150 group-open:rotate-0" />
        <span className="flex-none">Repeat and hide</span>
        {words && <span className="ml-auto pl-3 text-right text-[13px] font-normal">{words}</span>}
      </summary>
      <div className="repeat-fields grid grid-cols-2 gap-3 pt-2 pb-2 lg:grid-cols-4">
        <Frequency values={values} errors={errors} pattern={saved.pattern} />
        <Weekdays chosen={values.on} />
        <Ending values={values} pattern={saved.pattern} />
        <Rule values={values} isFolded={saved.pattern !== null && !errors?.repeat} />
        {next.length > 0 && (
          <p aria-live="polite" className="col-span-2 text-[13px] text-ink-2 lg:col-span-4">
            Then {next.join(" · ")}
          </p>
        )}
        <Appearance values={values} errors={errors} />
      </div>
    </details>
  );
}

type PartProps = Pick<RepeatFieldsProps, "values" | "errors">;

function Frequency({ values, errors, pattern }: PartProps & Pick<RepeatPreview, "pattern">) {
  return (
    <>
      <Labelled label="Repeat" error={errors?.repeat} className={pattern ? "col-span-2" : ""}>
        {(props) => (
          <select {...props} name="repeat" defaultValue={values.repeat ?? ""} className="input">
            <option value="">Never</option>
            <option value="daily">Daily</option>
            <option value="weekly">Weekly</option>
            <option value="monthly">Monthly</option>
            <option value="yearly">Yearly</option>
            <option value="custom">{pattern ?? "By a rule"}</option>
          </select>
        )}
      </Labelled>
      <input type="hidden" name="days" value={values.days ?? ""} />
      <Labelled label="Every" error={undefined} className="if-repeats">
        {(props) => <input {...props} name="every" type="number" min={1} max={999} defaultValue={values.every || "1"} className="input" />}
      </Labelled>
    </>
  );
}

function Ending({ values, pattern }: Pick<PartProps, "values"> & Pick<RepeatPreview, "pattern">) {
  return (
    <>
      <Labelled label="Until" error={undefined} className="if-repeats">
        {(props) => <input {...props} name="until" type="date" defaultValue={values.until} className="input" />}
      </Labelled>
      <Labelled label="Or so many times" error={undefined} className="if-repeats">
        {(props) => <input {...props} name="times" type="number" min={1} max={9999} defaultValue={values.times} className="input" />}
      </Labelled>
      <Labelled label="Counted from" error={undefined} className={`if-repeats ${pattern ? "" : "max-lg:col-span-2"}`}>
        {(props) => (
          <select {...props} name="anchor" defaultValue={values.anchor ?? "due"} className="input">
            <option value="due">The due date</option>
            <option value="completion">Completion</option>
          </select>
        )}
      </Labelled>
    </>
  );
}

/** A recurrence rule as text, for patterns that the other fields can't express. A saved one is described in words above, so it is collapsed. */
function Rule({ values, isFolded }: Pick<PartProps, "values"> & { isFolded: boolean }) {
  return (
    <details className="group/rule if-custom col-span-2 lg:col-span-4" open={!isFolded || undefined}>
      <summary className="flex min-h-6 list-none items-center gap-1 text-[13px] font-medium text-ink-2 hover:text-ink pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronDown aria-hidden="true" size={14} className="-rotate-90 transition-transform duration-150 group-open/rule:rotate-0" />
        As a rule of RFC 5545
      </summary>
      <input
        name="rule"
        aria-label="Rule"
        defaultValue={values.rule}
        placeholder="FREQ=MONTHLY;BYDAY=2TU"
        autoComplete="off"
        className="input mt-1 font-mono text-[13px]"
      />
    </details>
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
