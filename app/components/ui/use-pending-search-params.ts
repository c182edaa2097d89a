import { useLocation, useNavigation, useSearchParams } from "react-router";

/** The search parameters of this page once the pending navigation within it is done, so that a second click adds to the first. */
export function usePendingSearchParams(): URLSearchParams {
  const [search] = useSearchParams();
  const { pathname } = useLocation();
  const { location, formMethod } = useNavigation();
  return location?.pathname === pathname && formMethod !== "POST" ? new URLSearchParams(location.search) : search;
}
