import { ChevronDown, Plus } from "lucide-react";
import { type ClipboardEvent, useEffect, useId, useRef, useState } from "react";
import { Form, useActionData, useLocation } from "react-router";
import { CaptureChips } from "#app/components/capture/capture-chips.tsx";
import { PastedLines, withPasted } from "#app/components/capture/pasted-lines.tsx";
import { FieldError } from "#app/components/forms/field.tsx";
import { NewTaskId } from "#app/components/forms/new-task-id.tsx";
import { useFailedSubmission } from "#app/components/forms/use-failed-submission.ts";
import { TaskFields } from "#app/components/task/task-fields.tsx";
import { useCalendar } from "#app/components/ui/layout-data.ts";
import { useHasScripts } from "#app/components/ui/use-has-scripts.ts";
import { usePrevious } from "#app/components/ui/use-previous.ts";
import type { FieldErrors } from "#app/http/form.ts";
import { captureLines } from "#app/tasks/capture/lines.ts";
import type { FailedSubmission, TaskFormValues } from "#app/tasks/forms/task-form.ts";

export const CAPTURE_BOX_ID = "add-task";

/** The route handle of pages that render their own capture box, with defaults of the page. */
export const HAS_CAPTURE_BOX = { hasCaptureBox: true };

interface CaptureBoxProps {
  defaults?: TaskFormValues;
  /** On a page that does not list open tasks: it adds to the Inbox, and the page stays. */
  isQuiet?: boolean;
}

/** The form for a new task. Enter saves it and keeps the focus. Pasting several lines offers to add one task a line. */
export function CaptureBox({ defaults = {}, isQuiet = false }: CaptureBoxProps) {
  const actionData = useActionData<FailedSubmission>();
  // Set only for a native submission.
  const rejected = actionData?.intent?.startsWith("create") ? actionData : undefined;
  const values = rejected?.values ?? defaults;
  const { form, box, text, pasted, errors, setText, reset, paste, closePasted } = useCaptureForm(rejected?.errors);
  const inboxAction = useInboxAction();
  const errorId = useId();
  return (
    <Form
      method="post"
      ref={form}
      navigate={false}
      {...(isQuiet && { action: inboxAction, className: "quiet-box" })}
      onSubmit={() => queueMicrotask(reset)}
    >
      <input type="hidden" name="intent" value={pasted === undefined ? "create" : "create-lines"} />
      <NewTaskId />
      {defaults.due && <SuggestedDue due={defaults.due} />}
      {pasted !== undefined && <PastedLines text={pasted} onClose={closePasted} />}
      <div hidden={pasted !== undefined} className="capture-box">
        <Plus aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none text-ink-3" />
        <input
          ref={box}
          id={CAPTURE_BOX_ID}
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
        <More isOpen={errors !== undefined && hasMoreValues({ priority: "0", ...defaults }, values)} values={values} errors={errors} />
      )}
    </Form>
  );
}

/** Tells the server which day the page suggested, and on which day, as midnight may pass before the form is submitted. */
function SuggestedDue({ due }: { due: string }) {
  return (
    <>
      <input type="hidden" name="suggested_due" value={due} />
      <input type="hidden" name="suggested_on" value={useCalendar().today} />
    </>
  );
}

function useCaptureForm(initialErrors: FieldErrors | undefined) {
  const box = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [text, setText] = useState("");
  const [pasted, setPasted] = useState<string>();
  const [errors, setErrors] = useState(initialErrors);
  useFailedSubmission(form, ({ title = "", lines }, newErrors) => {
    setText(title);
    setPasted(lines);
    setErrors(newErrors);
  });
  /** Makes room for the next title without waiting for the response. */
  function reset() {
    form.current?.reset();
    closePasted("");
    box.current?.focus();
    setErrors(undefined);
  }
  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const lines = withPasted(event.currentTarget, event.clipboardData.getData("text"));
    if (captureLines(lines).length < 2) return;
    event.preventDefault();
    setText("");
    setPasted(lines);
  }
  function closePasted(title: string) {
    if (box.current) box.current.value = title;
    setText(title);
    setPasted(undefined);
  }
  const wasPasted = usePrevious(pasted) !== undefined;
  useEffect(() => {
    if (wasPasted && pasted === undefined) box.current?.focus();
  }, [wasPasted, pasted]);
  return { form, box, text, pasted, errors, setText, reset, paste, closePasted };
}

/** Without scripts, the Inbox's action redirects back to this page. */
function useInboxAction(): string {
  const { pathname, search } = useLocation();
  const hasScripts = useHasScripts();
  return hasScripts ? "/inbox" : `/inbox?${new URLSearchParams({ from: pathname + search })}`;
}

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

/** Whether a rejected form has values under More, which must not be hidden. */
function hasMoreValues(defaults: TaskFormValues, { title: _title, ...values }: TaskFormValues): boolean {
  return Object.entries(values).some(([name, value]) => value !== (defaults[name as keyof TaskFormValues] ?? ""));
}
