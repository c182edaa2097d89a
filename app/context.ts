import { createContext } from "react-router";

/** The user of a request, set once a guard has verified a session or token. */
export interface UserRef {
  id: string;
  name: string;
  /** IANA name, such as Europe/Lisbon. */
  timezone: string;
  /** 1 Monday to 7 Sunday. */
  weekStart: number;
  clock: "12" | "24";
  theme: "system" | "light" | "dark";
}

/** Facts about a request that are known before routing. */
export interface RequestInfo {
  /** From a well-formed X-Request-Id, or generated; returned under the same name. */
  id: string;
  /** The peer's address, or the one that the trusted proxies report. */
  clientAddress: string;
  /** For the Content-Security-Policy of a page; empty for any other response. */
  nonce: string;
}

/** Set by the guards only. Reading it on an unguarded route throws. */
export const userContext = createContext<UserRef>();

/** For pages with optional sign-in: the user, if there is a session. */
export const sessionUserContext = createContext<UserRef | undefined>();

/** Set in server.ts for every request. */
export const requestInfoContext = createContext<RequestInfo>();
