import { useSyncExternalStore } from "react";

/** False in server-rendered HTML, until hydration. */
export function useHasScripts(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}
