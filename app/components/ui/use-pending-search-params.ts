import { useLocation, useNavigation, useSearchParams } from "react-router";

/** What the address of this page says, or will say once what was clicked last has come: a second click adds to the first. */
export function useComingSearch(): URLSearchParams {
  const [search] = useSearchParams();
  const { pathname } = useLocation();
  const { location, formMethod } = useNavigation();
  return location?.pathname === pathname && formMethod !== "POST" ? new URLSearchParams(location.search) : search;
}
