import { useEffect, useRef } from "react";

/** The value that the render before this one had. */
export function usePrevious<T>(value: T): T | undefined {
  const previous = useRef<T>(undefined);
  useEffect(() => {
    previous.current = value;
  }, [value]);
  return previous.current;
}
