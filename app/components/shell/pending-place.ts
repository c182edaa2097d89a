import { useLocation, useNavigation } from "react-router";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { useNotifications } from "#app/components/ui/notifications.ts";

/** The path of the page, or of the one that is being loaded. */
export function useNextPathname(): string {
  const { pathname } = useLocation();
  const { state, location } = useNavigation();
  const isLost = useIsLost();
  return state === "loading" && !isLost ? location.pathname : pathname;
}

/** Whether a page is being loaded or a form submitted. */
export function useIsLoading(): boolean {
  const { state } = useNavigation();
  const isSubmitting = usePendingForms().length > 0;
  const isLost = useIsLost();
  return (state !== "idle" || isSubmitting) && !isLost;
}

/** A load that lost its connection stays pending until it is repeated; a message says so. */
function useIsLost(): boolean {
  return useNotifications().message?.canRetry === true;
}
