import { ChevronDown, Plus } from "lucide-react";
import { type ClipboardEvent, useEffect, useId, useRef, useState } from "react";
import { Form, useActionData, useLocation } from "react-router";
import { ADD_BOX } from "#app/components/capture/add-box.ts";
import { CaptureChips } from "#app/components/capture/capture-chips.tsx";
import { PastedLines } from "#app/components/capture/pasted-lines.tsx";
import { NewTaskId } from "#app/components/forms/new-task-id.tsx";
import { useReturned } from "#app/components/forms/use-failed-submission.ts";
import { FieldError, TaskFields } from "#app/components/task/task-fields.tsx";
import { useHasScripts } from "#app/components/ui/use-has-scripts.ts";
import { usePrevious } from "#app/components/ui/use-previous.ts";
import type { FieldErrors } from "#app/http/form.ts";
import { captureLines } from "#app/tasks/capture/lines.ts";
import type { FailedSubmission, TaskFormValues } from "#app/tasks/forms/task-form.ts";

/** The handle of a page that has a box of its own, with the defaults that the page implies. */
export const HAS_BOX = { hasBox: true };

interface CaptureBoxProps {
  defaults?: TaskFormValues;
  /** On a page that is about something else: what is added is in the Inbox, and the page stays as it is. */
  isQuiet?: boolean;
}

/**
 * One line for a new task, which has `defaults` where the page implies them. Enter saves it and keeps the focus; what else it
 * may say stands under More. Several lines that are pasted are offered as a task each.
 */
export function CaptureBox({ defaults = {}, isQuiet = false }: CaptureBoxProps) {
  const { pathname, search } = useLocation();
  const hasScripts = useHasScripts();
  // Scripts stay where they are by themselves.
  const elsewhere = hasScripts ? "/inbox" : `/inbox?${new URLSearchParams({ from: pathname + search })}`;
  const refused = useActionData<FailedSubmission>();
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
  return (
    <Form
      method="post"
      ref={form}
      navigate={false}
      {...(isQuiet && { action: elsewhere, className: "quiet-box" })}
      onSubmit={() => queueMicrotask(empty)}
    >
      <input type="hidden" name="intent" value={pasted === undefined ? "create" : "create-lines"} />
      <NewTaskId />
      {pasted !== undefined && <PastedLines text={pasted} onClose={closePasted} />}
      <div hidden={pasted !== undefined} className="capture-box">
        <Plus aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none text-ink-3" />
        <input
          ref={box}
          id={ADD_BOX}
          name="title"
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
          className="h-full min-w-0 flex-1 bg-transparent text-[15px] outline-none"
        />
        <button type="submit" className="button h-9 rounded-lg px-3.5">
          Add
        </button>
      </div>
      {pasted === undefined && <CaptureChips text={text} box={box} />}
      <div className="px-3.5">
        <FieldError id={errorId} text={errors?.title} />
      </div>
      {!isQuiet && (
        <More isOpen={errors !== undefined && saysMore({ priority: "0", ...defaults }, values)} values={values} errors={errors} />
      )}
    </Form>
  );
}

/** The fields that a new task may have besides its title. */
function More({ isOpen, values, errors }: { isOpen: boolean; values: TaskFormValues; errors: FieldErrors | undefined }) {
  return (
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
