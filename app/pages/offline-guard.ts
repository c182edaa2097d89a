import type { DataStrategyResult } from "react-router";
import { takeIsInBackground } from "#app/components/shell/background-load.ts";
import { notifyOtherTabs } from "#app/components/shell/other-tabs.ts";
import type { Flash } from "#app/components/ui/flash.ts";
import { FLASH_TEXTS } from "#app/components/ui/flash-texts.ts";
import { dismiss, hasSubscribers, notify } from "#app/components/ui/notifications.ts";

const CONNECTION_LOST: Flash = { text: FLASH_TEXTS.lost, isPersistent: true, canRetry: true };
const NOT_CURRENT: Flash = { text: FLASH_TEXTS["not-current"], isPersistent: true, canRetry: true };

type Results = () => Promise<Record<string, DataStrategyResult>>;

/** How many forms were submitted so far. */
let submissions = 0;

/**
 * The `clientMiddleware` of every signed-in page. If the connection is lost while a page's data is loaded, the current page stays
 * with a message instead of an error page: the navigation is left pending until another one aborts it. A load in the background
 * keeps the page with every response, errors too.
 */
export async function offlineGuard({ request }: { request: Request }, next: Results): Promise<void> {
  if (request.method !== "GET") return guardSubmission(next);
  const isInBackground = takeIsInBackground();
  const submitted = submissions;
  const errors = errorsOf(await next());
  // It may have been read before the change of that form, which loads the data again.
  if (isInBackground && submitted !== submissions) return aborted(request.signal);
  const problem = problemOf(errors, isInBackground);
  if (!problem || !hasSubscribers()) return dismissProblems();
  notify(problem);
  await aborted(request.signal);
}

async function guardSubmission(next: Results): Promise<void> {
  submissions++;
  const errors = errorsOf(await next());
  dismissProblems();
  if (errors.every((error) => error instanceof Response)) notifyOtherTabs();
}

/** Redirects are among them. */
function errorsOf(results: Record<string, DataStrategyResult>): unknown[] {
  return Object.values(results).flatMap(({ type, result }) => (type === "error" ? [result] : []));
}

function problemOf(errors: unknown[], isInBackground: boolean): Flash | undefined {
  // `fetch` rejects with a TypeError when there is no response. For forms, the client action reports that.
  if (errors.some((error) => error instanceof TypeError)) return CONNECTION_LOST;
  return isInBackground && errors.length > 0 ? NOT_CURRENT : undefined;
}

function dismissProblems(): void {
  dismiss(CONNECTION_LOST);
  dismiss(NOT_CURRENT);
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  else signal.addEventListener("abort", () => resolve());
  return promise;
}
