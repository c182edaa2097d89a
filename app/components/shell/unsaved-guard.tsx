import { useEffect } from "react";
import { useBlocker, useNavigation, useSearchParams } from "react-router";

/**
 * Delays a navigation while the values of a row's editor are being saved: it proceeds once they are saved, and is dropped if they
 * are rejected, so that the values are not lost with the page.
 */
export function UnsavedGuard() {
  const { formData, location } = useNavigation();
  const edit = useSearchParams()[0].get("edit");
  const isSaving = edit !== null && formData?.get("intent") === "update" && formData.get("id") === edit;
  // A successful response redirects to the page with its editor closed.
  return isSaving && <NavigationBlocker isSaved={!new URLSearchParams(location?.search).has("edit")} />;
}

/** Mounted only while saving, because a blocker blocks links within the page as well. */
function NavigationBlocker({ isSaved }: { isSaved: boolean }) {
  const blocker = useBlocker(!isSaved);
  useEffect(() => {
    if (isSaved && blocker.state === "blocked") blocker.proceed();
  }, [isSaved, blocker]);
  return null;
}
