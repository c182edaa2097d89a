import { createContext, useContext } from "react";

/** The Content-Security-Policy nonce of the response that is being rendered; `undefined` in a browser. */
export const NonceContext = createContext<string | undefined>(undefined);

export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
