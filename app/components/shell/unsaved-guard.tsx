import { type RefObject, useEffect, useRef } from "react";
import { type Location, useBlocker, useLocation, useNavigate, useNavigation, useSearchParams } from "react-router";

/**
 * Delays a navigation while the values of a row's editor are being saved: it follows once they are saved, and is dropped if they
 * are rejected, so that the values are not lost with the page.
 */
export function UnsavedGuard() {
  const { formData } = useNavigation();
  const { pathname } = useLocation();
  const edit = useSearchParams()[0].get("edit");
  const navigate = useNavigate();
  const blocked = useRef<Location>(undefined);
  const isSaving = edit !== null && formData?.get("intent") === "update" && formData.get("id") === edit;
  useEffect(() => {
    const to = blocked.current;
    if (isSaving || !to) return;
    blocked.current = undefined;
    // A successful response redirects to the page with its editor closed.
    if (edit === null) void navigate(to, { preventScrollReset: to.pathname === pathname });
  }, [isSaving, edit, pathname, navigate]);
  return isSaving && <NavigationBlocker blocked={blocked} />;
}

/**
 * Mounted only while saving, because a blocker blocks links within the page as well. The blocked navigation can't be left to the
 * blocker: the router resets it when the save has completed, which may be before React has rendered the response.
 */
function NavigationBlocker({ blocked }: { blocked: RefObject<Location | undefined> }) {
  useBlocker(({ nextLocation }) => {
    blocked.current = nextLocation;
    return true;
  });
  return null;
}
