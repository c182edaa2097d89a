import { useIsLoading } from "#app/components/shell/pending-place.ts";

/** Shown by CSS once it has been there for a moment, so that it does not flash on fast connections. */
export function LoadingBar() {
  return useIsLoading() && <div aria-hidden="true" className="loading-bar" />;
}
