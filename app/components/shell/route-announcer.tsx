import { useEffect, useLayoutEffect, useState } from "react";
import { useLocation } from "react-router";
import { hasFocus } from "#app/components/ui/has-focus.ts";

const PAGE_HEADING = "main h1[tabindex]";

/** The page that was shown last. Outside of the component, which an error page mounts anew. */
let shown: string | undefined;

/**
 * Has screen readers announce each navigation: a new page's heading gets the focus if the followed link or the submitted form
 * disappeared with its page, else a live region says the new title.
 */
export function RouteAnnouncer() {
  const { pathname } = useLocation();
  const [title, setTitle] = useState("");
  useLayoutEffect(() => {
    const isNew = shown !== undefined && shown !== pathname;
    if (isNew && !hasFocus()) document.querySelector<HTMLElement>(PAGE_HEADING)?.focus({ preventScroll: true });
  }, [pathname]);
  useEffect(() => {
    const isNew = shown !== undefined && shown !== pathname;
    shown = pathname;
    if (isNew) setTitle(document.activeElement?.matches(PAGE_HEADING) ? "" : document.title);
  }, [pathname]);
  return (
    <div aria-live="polite" className="sr-only">
      <p key={pathname}>{title}</p>
    </div>
  );
}
