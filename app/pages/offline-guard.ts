import type { DataStrategyResult } from "react-router";
import type { Flash } from "#app/components/ui/flash.ts";
import { FLASH_TEXTS } from "#app/components/ui/flash-texts.ts";
import { dismiss, hasSubscribers, notify } from "#app/components/ui/notifications.ts";

const CONNECTION_LOST: Flash = { text: FLASH_TEXTS.lost, isPersistent: true, canRetry: true };

/**
 * The `clientMiddleware` of every signed-in page. If the connection is lost while a page's data is loaded, the current page stays
 * with a message instead of an error page: the navigation is left pending until another one aborts it.
 */
export async function offlineGuard(
  { request }: { request: Request },
  next: () => Promise<Record<string, DataStrategyResult>>,
): Promise<void> {
  const results = Object.values(await next());
  // `fetch` rejects with a TypeError when there is no response. For forms, the client action reports that.
  const isLost = results.some(({ type, result }) => type === "error" && result instanceof TypeError);
  if (!isLost || request.method !== "GET" || !hasSubscribers()) return dismiss(CONNECTION_LOST);
  notify(CONNECTION_LOST);
  await aborted(request.signal);
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  else signal.addEventListener("abort", () => resolve());
  return promise;
}
