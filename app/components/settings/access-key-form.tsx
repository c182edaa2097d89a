import { Fragment, useEffect, useRef } from "react";
import { Form, useNavigation } from "react-router";
import { Field } from "#app/components/forms/field.tsx";
import { useFieldsKey } from "#app/components/forms/use-edited-since-submit.ts";
import { CopyButton } from "#app/components/ui/copy-button.tsx";
import type { FieldErrors } from "#app/http/form.ts";

const SCOPES = [
  { value: "tasks:read", label: "Read", hint: "see every task" },
  { value: "tasks:write", label: "Write", hint: "see, add, change and delete" },
  { value: "tasks:create", label: "Add only", hint: "add tasks, see nothing" },
];
const LIFETIMES = ["7", "30", "90", "365"];

interface AccessKeyFormProps {
  values: { name: string; scopes: string[]; days: string } | undefined;
  errors: FieldErrors | undefined;
  /** The key that was made last: the fields start anew for the next one. */
  createdKey: string | undefined;
}

export function AccessKeyForm({ values, errors, createdKey }: AccessKeyFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const key = useFieldsKey(form, createdKey);
  const isBusy = useNavigation().state !== "idle";
  return (
    <Form method="post" ref={form} noValidate className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-4 shadow-raised">
      <input type="hidden" name="intent" value="create" />
      <Fragment key={key}>
        <Field
          label="Name"
          name="name"
          placeholder="Nightly backup"
          maxLength={60}
          autoComplete="off"
          defaultValue={values?.name}
          error={errors?.name}
        />
        <fieldset aria-describedby={errors?.scopes ? "scopes-error" : undefined}>
          <legend className="mb-1 text-[13px] font-medium text-ink-2">It may</legend>
          {SCOPES.map(({ value, label, hint }) => (
            <label key={value} className="flex min-h-9 items-center gap-2.5 text-sm pointer-coarse:min-h-11">
              <input
                type="checkbox"
                name="scopes"
                value={value}
                aria-invalid={errors?.scopes ? true : undefined}
                defaultChecked={(values?.scopes ?? ["tasks:read"]).includes(value)}
                className="size-4 accent-accent"
              />
              <span className="font-medium">{label}</span>
              <span className="text-ink-2">{hint}</span>
            </label>
          ))}
          {errors?.scopes && (
            <p id="scopes-error" role="alert" className="mt-1 text-[13px] text-late">
              {errors.scopes}
            </p>
          )}
        </fieldset>
        <div className="flex flex-wrap items-end gap-3">
          <label className="flex flex-col gap-1 text-[13px] font-medium text-ink-2">
            It ends after
            <select name="days" defaultValue={values?.days || "90"} className="input w-auto min-w-36 font-normal">
              {LIFETIMES.map((days) => (
                <option key={days} value={days}>
                  {days === "365" ? "1 year" : `${days} days`}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="button ml-auto" aria-disabled={isBusy || undefined}>
            Make key
          </button>
        </div>
      </Fragment>
    </Form>
  );
}

interface CreatedKeyProps {
  name: string;
  secret: string;
  commands: string;
  /** Effect of the second command, such as "adds a task". */
  purpose: string;
}

/** The heading takes the focus, so that screen readers announce the key. */
export function CreatedKey({ name, secret, commands, purpose }: CreatedKeyProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="made" className="mb-6 rounded-xl border border-done/40 bg-done/8 p-4">
      <h2 id="made" ref={heading} tabIndex={-1} className="font-[640] outline-none">
        The key “{name}” is made
      </h2>
      <p className="mt-0.5 text-sm text-ink-2">Copy it now: it is not kept, and can't be shown again.</p>
      <div className="mt-3 flex gap-2">
        <input
          readOnly
          aria-label="The key"
          value={secret}
          onFocus={(event) => event.target.select()}
          className="input font-mono text-[13px]"
        />
        <CopyButton text={secret} label="Copy key" look="button" />
      </div>
      <h3 className="mt-4.5 text-sm font-[640]">In a terminal</h3>
      <p className="mt-0.5 text-sm text-ink-2">The first line trades the key for a token, the second {purpose}.</p>
      <pre className="mt-2.5 rounded-lg border border-line bg-surface px-3.5 py-3 font-mono text-[13px] leading-normal break-all whitespace-pre-wrap select-all">
        {commands}
      </pre>
      <div className="mt-1 -mb-2 -ml-2 desk:-ml-3">
        <CopyButton text={commands} label="Copy both lines" look="button-quiet" />
      </div>
    </section>
  );
}
