import { data, isRouteErrorResponse, redirect } from "react-router";
import { mayBeSentAgain } from "#app/components/forms/prevent-double-submit.ts";
import { HAPPENED, saidBy, settled } from "#app/components/ui/flash.ts";
import { tell } from "#app/components/ui/notifications.ts";
import type { FailedSubmission } from "#app/tasks/forms/task-form.ts";

/** What a form that was carried out is answered with, where the page stays. */
interface CarriedOut {
  isCarriedOut: true;
}

export function isCarriedOut(answer: unknown): answer is CarriedOut {
  return typeof answer === "object" && answer !== null && "isCarriedOut" in answer;
}

interface Sending<T> {
  request: Request;
  serverAction: () => Promise<T>;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * What every page with tasks has as its `clientAction`. Forms go to the server one after the other, in the order in
 * which they were sent, so that two moves of one task can't overtake each other. The server's answer is the address
 * that a browser without scripts would go to next: what it says is told, and only another place is gone to.
 */
export function sendForm<T>(sending: Sending<T>): Promise<T | CarriedOut> {
  const turn = last.then(() => carryOut(sending));
  last = turn.catch(() => undefined);
  return turn;
}

async function carryOut<T>({ request, serverAction }: Sending<T>): Promise<T | CarriedOut> {
  const form = await request.clone().formData();
  try {
    const answer = await serverAction();
    if (isNewTask(form)) tell({ returned: { form, errors: (answer as FailedSubmission).errors } });
    return answer;
  } catch (thrown) {
    if (thrown instanceof Response) return arrived(thrown, request, form) as T | CarriedOut;
    return failed<T>(thrown, form);
  }
}

/** The same for pages without tasks: what the server answers is gone to, and a form that failed stays as it was filled in. */
export async function keepForm<T>({ serverAction }: Pick<Sending<T>, "serverAction">): Promise<T> {
  try {
    return await serverAction();
  } catch (thrown) {
    if (thrown instanceof Response) throw thrown;
    return failed<T>(thrown);
  }
}

/** Says so, unless it is a refusal with a page of its own. `form` is one about tasks. */
function failed<T>(thrown: unknown, form = new FormData()): T {
  if (isRouteErrorResponse(thrown) && thrown.status < 500) throw thrown;
  mayBeSentAgain();
  const text = isRouteErrorResponse(thrown) ? HAPPENED.failed : HAPPENED.unreached;
  tell({ said: { text, lasts: true, change: changeOf(form) }, ...(isNewTask(form) && { returned: { form, errors: undefined } }) });
  // A status that keeps the router from loading anew what it has: that would fail as well.
  return data(undefined, 503) as T;
}

/** What Undo did not take back can be taken back still. */
function changeOf(form: FormData): string | undefined {
  return form.get("intent") === "undo" ? String(form.get("change")) : undefined;
}

/** The box that it was typed in is empty by now, so it wants its text back. */
function isNewTask(form: FormData): boolean {
  return /^create(-lines)?$/.test(String(form.get("intent")));
}

/** Tells what the address says. Its page is here already, unless it is another one or the editor has to close. */
function arrived(answer: Response, request: Request, form: FormData): Response | CarriedOut {
  const from = new URL(request.url);
  const to = new URL(answer.headers.get("Location") ?? "", from);
  const said = saidBy(to.searchParams);
  if (!said) return answer;
  tell({ said });
  const edited = from.searchParams.get("edit");
  const hasToClose = edited !== null && edited === form.get("id");
  if (to.pathname === from.pathname && !hasToClose) return { isCarriedOut: true };
  return redirect(settled(to));
}
