import type { DataStrategyResult } from "react-router";
import { HAPPENED, type Said } from "#app/components/ui/flash.ts";
import { hasReaders, tell, unsay } from "#app/components/ui/notifications.ts";

const LOST: Said = { text: HAPPENED.lost, lasts: true, canRetry: true };

/**
 * The `clientMiddleware` of every signed-in page. When the connection is lost while a page is loaded, as between an action
 * and the new state of its page, the page in sight stays and says so. The wait ends once something is loaded again.
 */
export async function keepPage({ request }: { request: Request }, next: () => Promise<Record<string, DataStrategyResult>>): Promise<void> {
  const results = Object.values(await next());
  // What `fetch` throws when there is no answer. Forms that did not arrive are told of by what sends them.
  const isLost = results.some(({ type, result }) => type === "error" && result instanceof TypeError);
  if (!isLost || request.method !== "GET" || !hasReaders()) return unsay(LOST);
  tell({ said: LOST });
  await aborted(request.signal);
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  else signal.addEventListener("abort", () => resolve());
  return promise;
}
