import { data, isRouteErrorResponse, redirect } from "react-router";
import { allowResubmit } from "#app/components/forms/prevent-double-submit.ts";
import type { AcceptedSubmission } from "#app/components/forms/submission.ts";
import { type Flash, flashFrom, withoutFlash } from "#app/components/ui/flash.ts";
import { FLASH_TEXTS } from "#app/components/ui/flash-texts.ts";
import { notify, setFailedNewTask } from "#app/components/ui/notifications.ts";
import { type TooOften, tooOftenText } from "#app/http/too-often.ts";
import type { FailedSubmission } from "#app/tasks/forms/task-form.ts";

interface Submission<T> {
  request: Request;
  serverAction: () => Promise<T>;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * The `clientAction` of pages with tasks. Submits forms one after another in the order of submission, so that two moves of one
 * task can't overtake each other. The server redirects as it does without scripts: the message in the address is shown as a
 * notification, and only a redirect to another page is followed.
 */
export function queueSubmit<T>(submission: Submission<T>): Promise<T | AcceptedSubmission> {
  const result = last.then(() => submit(submission));
  last = result.catch(() => undefined);
  return result;
}

async function submit<T>({ request, serverAction }: Submission<T>): Promise<T | AcceptedSubmission> {
  const form = await request.clone().formData();
  try {
    const result = await serverAction();
    if (isNewTask(form)) setFailedNewTask({ form, errors: (result as FailedSubmission).errors });
    return result;
  } catch (thrown) {
    if (thrown instanceof Response) return applyRedirect(thrown, request, form) as T | AcceptedSubmission;
    return reportFailure<T>(thrown, form);
  }
}

/** The `clientAction` of pages without tasks: follows redirects, and keeps the fields of a form that failed. */
export async function submitOnce<T>({ serverAction }: Pick<Submission<T>, "serverAction">): Promise<T> {
  try {
    return await serverAction();
  } catch (thrown) {
    if (thrown instanceof Response) throw thrown;
    return reportFailure<T>(thrown);
  }
}

/**
 * Shows a notification for a server or network error, or for too many requests; throws any other client error, which has its own
 * error page. `form` is given for task forms.
 */
function reportFailure<T>(thrown: unknown, form = new FormData()): T {
  if (isRouteErrorResponse(thrown) && thrown.status < 500 && thrown.status !== 429) throw thrown;
  allowResubmit();
  notify({ text: failureText(thrown), isPersistent: true, ...revertedBy(form) });
  // The form's fields were emptied on submission.
  if (isNewTask(form)) setFailedNewTask({ form, errors: undefined });
  // After an error status the router does not revalidate, which would fail as well.
  return data(undefined, 503) as T;
}

function failureText(thrown: unknown): string {
  if (!isRouteErrorResponse(thrown)) return FLASH_TEXTS.unreached;
  return thrown.status === 429 ? tooOftenText((thrown.data as TooOften).seconds) : FLASH_TEXTS.failed;
}

/** The button of an undo or redo, to try it again. */
function revertedBy(form: FormData): Pick<Flash, "change" | "isUndo"> {
  const intent = form.get("intent");
  return intent === "undo" || intent === "redo" ? { change: String(form.get("change")), isUndo: intent === "redo" } : {};
}

function isNewTask(form: FormData): boolean {
  return /^create(-lines)?$/.test(String(form.get("intent")));
}

/** Shows the message of a redirect. The redirect itself is followed only to another page, or to close the editor. */
function applyRedirect(response: Response, request: Request, form: FormData): Response | AcceptedSubmission {
  const from = new URL(request.url);
  const to = new URL(response.headers.get("Location") ?? "", from);
  const flash = flashFrom(to.searchParams);
  if (!flash) return response;
  notify(flash);
  const edited = from.searchParams.get("edit");
  const closesEditor = edited !== null && edited === form.get("id");
  if (to.pathname === from.pathname && !closesEditor) return { isAccepted: true };
  return redirect(withoutFlash(to));
}
