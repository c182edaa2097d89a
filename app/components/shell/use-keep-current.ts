import { type ContextType, useCallback, useContext, useEffect, useRef } from "react";
import { UNSAFE_DataRouterContext, useNavigation } from "react-router";
import { isAccepted } from "#app/components/forms/submission.ts";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { loadInBackground } from "#app/components/shell/background-load.ts";
import { listenToOtherTabs } from "#app/components/shell/other-tabs.ts";
import { watchClock } from "#app/components/shell/watch-clock.ts";
import type { LayoutData } from "#app/components/ui/layout-data.ts";

/** Coming back to a page that was loaded this many milliseconds ago does not load it again. */
const RECENT = 5_000;

/**
 * Loads the page's data again at the user's midnight, when a task becomes overdue, when the user comes back to the tab, when
 * another tab has changed something and when the network is back. Put off while that would interrupt something.
 */
export function useKeepCurrent(data: LayoutData): void {
  const router = useContext(UNSAFE_DataRouterContext)?.router;
  const { state } = useNavigation();
  const forms = usePendingForms();
  const isIdle = state === "idle" && forms.length === 0;
  const isPutOff = useRef(false);
  const loadedAt = useRef(0);
  const refresh = useCallback(() => {
    isPutOff.current = !router || !canRefresh(router.state);
    if (!router || isPutOff.current) return;
    loadedAt.current = Date.now();
    loadInBackground(() => router.revalidate());
  }, [router]);
  useEffect(() => {
    loadedAt.current = Date.now();
    return watchClock(Date.now() + data.changesIn, isPutOff, refresh);
  }, [data, refresh]);
  useEffect(() => {
    if (isIdle && isPutOff.current) refresh();
  }, [isIdle, refresh]);
  useEffect(() => listenToOtherTabs(data.userId, refresh), [data.userId, refresh]);
  useEffect(() => {
    function comeBack() {
      if (isPutOff.current || Date.now() - loadedAt.current > RECENT) refresh();
    }
    function reconnect() {
      // A load that failed is still pending: this repeats it.
      if (router && isPending(router.state)) void router.revalidate();
      else refresh();
    }
    return onReturn(comeBack, reconnect);
  }, [router, refresh]);
}

/** Returns the clean-up function. */
function onReturn(comeBack: () => void, reconnect: () => void): () => void {
  const show = () => document.hidden || comeBack();
  window.addEventListener("focus", show);
  document.addEventListener("visibilitychange", show);
  window.addEventListener("online", reconnect);
  return () => {
    window.removeEventListener("focus", show);
    document.removeEventListener("visibilitychange", show);
    window.removeEventListener("online", reconnect);
  };
}

type RouterState = NonNullable<ContextType<typeof UNSAFE_DataRouterContext>>["router"]["state"];

/** Open menus, selected rows and a row that is being dragged: they would be lost with a row that moves to another section. */
const IN_USE = ":popover-open, .select-box:checked, [data-dragged]";

function canRefresh(state: RouterState): boolean {
  if (document.hidden || !navigator.onLine || isPending(state) || document.querySelector(IN_USE)) return false;
  // The router drops what an action returned, such as the values of a rejected form or a new access key.
  return Object.values(state.actionData ?? {}).every(isAccepted);
}

function isPending({ navigation, fetchers }: RouterState): boolean {
  return navigation.state !== "idle" || [...fetchers.values()].some(({ state }) => state !== "idle");
}
