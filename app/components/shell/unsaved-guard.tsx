import { useEffect } from "react";
import { useBlocker, useNavigation, useSearchParams } from "react-router";

/**
 * A row's editor is out of sight while what was typed in it is being saved. Who goes elsewhere meanwhile gets there once it is
 * saved, and stays where it can't be: what was typed must not be lost with the page.
 */
export function SavedFirst() {
  const { formData, location } = useNavigation();
  const edit = useSearchParams()[0].get("edit");
  const isSent = edit !== null && formData?.get("intent") === "update" && formData.get("id") === edit;
  // The answer leads to the page with its editor closed, and from there on it may be left.
  return isSent && <Wait isOver={!new URLSearchParams(location?.search).has("edit")} />;
}

/** Only there while it has to be: a blocker minds the links within a page as well. */
function Wait({ isOver }: { isOver: boolean }) {
  const blocker = useBlocker(!isOver);
  useEffect(() => {
    if (isOver && blocker.state === "blocked") blocker.proceed();
  }, [isOver, blocker]);
  return null;
}
