import { ChevronDown, Plus } from "lucide-react";
import { type ClipboardEvent, useEffect, useId, useRef, useState } from "react";
import { Form, useActionData, useLocation } from "react-router";
import { CaptureChips } from "#app/components/capture-chips.tsx";
import { NewTaskId } from "#app/components/new-task-id.tsx";
import { PastedLines } from "#app/components/pasted-lines.tsx";
import { FieldError, TaskFields } from "#app/components/task-fields.tsx";
import { usePrevious } from "#app/components/use-previous.ts";
import { useReturned } from "#app/components/use-returned.ts";
import { captureLines } from "#app/tasks/capture-lines.ts";
import type { RefusedForm, TaskFormValues } from "#app/tasks/task-form.ts";

/** The state of an address that somebody went to for its box. */
export const ADDING = { isAdding: true };

/**
 * One line for a new task, which has `defaults` where the page implies them. Enter saves it and keeps the focus; what else it
 * may say stands under More. Several lines that are pasted are offered as a task each.
 */
export function CaptureBox({ defaults = {} }: { defaults?: TaskFormValues }) {
  const refused = useActionData<RefusedForm>();
  const byDocument = refused?.intent?.startsWith("create") ? refused : undefined;
  const [text, setText] = useState("");
  const [errors, setErrors] = useState(byDocument?.errors);
  const values = byDocument?.values ?? defaults;
  const errorId = useId();
  const box = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [pasted, setPasted] = useState<string>();
  useReturned(form, ({ title = "", lines }, found) => {
    setText(title);
    setPasted(lines);
    setErrors(found);
  });
  /** The next title can be typed at once; what comes of this one is told when it is known. */
  function empty() {
    form.current?.reset();
    closePasted("");
    box.current?.focus();
    setErrors(undefined);
  }
  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const all = withPasted(event.currentTarget, event.clipboardData.getData("text"));
    if (captureLines(all).length < 2) return;
    event.preventDefault();
    setText("");
    setPasted(all);
  }
  function closePasted(kept: string) {
    if (box.current) box.current.value = kept;
    setText(kept);
    setPasted(undefined);
  }
  const wasPasted = usePrevious(pasted) !== undefined;
  useEffect(() => {
    if (wasPasted && pasted === undefined) box.current?.focus();
  }, [wasPasted, pasted]);
  const isOpen = errors !== undefined && saysMore({ priority: "0", ...defaults }, values);
  return (
    <Form method="post" ref={form} navigate={false} onSubmit={() => queueMicrotask(empty)}>
      <input type="hidden" name="intent" value={pasted === undefined ? "create" : "create-lines"} />
      <NewTaskId />
      {pasted !== undefined && <PastedLines text={pasted} onClose={closePasted} />}
      <div
        hidden={pasted !== undefined}
        className="flex min-h-[50px] items-center gap-2.5 rounded-xl border border-line bg-surface pr-2 pl-3.5 shadow-raised transition-shadow duration-150 [&[hidden]]:hidden focus-within:border-accent focus-within:ring-3 focus-within:ring-accent-soft has-aria-invalid:border-late"
      >
        <Plus aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none text-ink-3" />
        <input
          ref={box}
          name="title"
          // biome-ignore lint/a11y/noAutofocus: as asked for.
          autoFocus={useLocation().state?.isAdding === true}
          disabled={pasted !== undefined}
          onInput={(event) => setText(event.currentTarget.value)}
          onPaste={paste}
          aria-label="Add a task"
          placeholder="Add a task"
          autoComplete="off"
          enterKeyHint="done"
          required
          defaultValue={values.title}
          aria-invalid={errors?.title ? true : undefined}
          aria-describedby={errors?.title ? errorId : undefined}
          className="h-12 min-w-0 flex-1 bg-transparent text-[15px] outline-none"
        />
        <button type="submit" className="button h-9 rounded-lg px-3.5">
          Add
        </button>
      </div>
      {pasted === undefined && <CaptureChips text={text} box={box} />}
      <div className="px-3.5">
        <FieldError id={errorId} text={errors?.title} />
      </div>
      <details className="group mt-1.5" open={isOpen || undefined}>
        <summary className="inline-flex h-8 list-none items-center gap-1 rounded-md pointer-coarse:h-11 px-2 text-[13px] font-medium text-ink-3 hover:text-ink [&::-webkit-details-marker]:hidden">
          <ChevronDown aria-hidden="true" size={14} className="transition-transform duration-150 group-open:rotate-180" />
          <span className="group-open:hidden">More</span>
          <span className="hidden group-open:inline">Less</span>
        </summary>
        <div className="mt-1 rounded-xl border border-line bg-surface p-3.5">
          <TaskFields values={values} errors={errors} />
        </div>
      </details>
    </Form>
  );
}

/** What the box would say if it could hold several lines. */
function withPasted({ value, selectionStart, selectionEnd }: HTMLInputElement, pasted: string): string {
  return value.slice(0, selectionStart ?? 0) + pasted + value.slice(selectionEnd ?? value.length);
}

/** Whether something stands under More that a refused form must not hide. */
function saysMore(defaults: TaskFormValues, { title: _title, ...values }: TaskFormValues): boolean {
  return Object.entries(values).some(([name, value]) => value !== (defaults[name as keyof TaskFormValues] ?? ""));
}
