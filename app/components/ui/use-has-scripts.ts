import { useSyncExternalStore } from "react";

/** False in what the server has rendered, so until scripts take the page over. */
export function useHasScripts(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}
