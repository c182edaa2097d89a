import { createContext, useContext } from "react";

/** The Content-Security-Policy nonce of the answer that is being rendered. A browser has none, and needs none. */
export const NonceContext = createContext<string | undefined>(undefined);

export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
