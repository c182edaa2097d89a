import { type ComponentProps, type ReactNode, useId } from "react";
import { useHasScripts } from "#app/components/ui/use-has-scripts.ts";
import type { FieldErrors } from "#app/http/form.ts";

interface FieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: string;
  error?: string | undefined;
}

export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId();
  const described = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  const takesFocus = useTakesFocus(error);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[13px] font-medium text-ink-2">
        {label}
      </label>
      <input
        id={id}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={described}
        // biome-ignore lint/a11y/noAutofocus: only a field that was rejected.
        autoFocus={takesFocus}
        {...input}
      />
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-[13px] text-late first-letter:uppercase">
          {error}
        </p>
      ) : (
        hint && (
          <p id={`${id}-hint`} className="text-[13px] text-ink-3">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** Whether a rejected field is to take the focus when the page is loaded. Afterwards `useInvalidFieldFocus` moves it. */
function useTakesFocus(error: string | undefined): boolean {
  const hasScripts = useHasScripts();
  return error !== undefined && !hasScripts;
}

type ControlProps = Pick<ComponentProps<"input">, "id" | "aria-invalid" | "aria-describedby" | "autoFocus">;

interface LabelledProps {
  label: string;
  error: string | undefined;
  className: string;
  /** Renders the control with the attributes that connect it to its label and its error. */
  children: (props: ControlProps) => ReactNode;
}

export function Labelled({ label, error, className, children }: LabelledProps) {
  const id = useId();
  const autoFocus = useTakesFocus(error);
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-[13px] font-medium text-ink-2">
        {label}
      </label>
      {children({ id, ...(error && { "aria-invalid": true, "aria-describedby": `${id}-error`, autoFocus }) })}
      <FieldError id={`${id}-error`} text={error} />
    </div>
  );
}

export function FieldError({ id, text }: { id: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <p id={id} role="alert" className="mt-1 text-[13px] text-late first-letter:uppercase">
      {text}
    </p>
  );
}

export function FormError({ children }: { children: string | undefined }) {
  return (
    <p role="alert" className="rounded-lg border border-late/30 bg-late/8 px-3 py-2.5 text-sm text-late empty:hidden">
      {children}
    </p>
  );
}

/** Of a form that asks for a password: `form` is what is wrong, `wait` that there were too many tries. */
export function PasswordFormError({ errors }: { errors: FieldErrors | undefined }) {
  if (!errors?.wait) return <FormError>{errors?.form}</FormError>;
  return (
    <p role="alert" className="rounded-lg border border-line bg-sunken px-3 py-2.5 text-sm text-pretty">
      {errors.wait}
    </p>
  );
}
