import { createContext } from "react-router";
import type { Scope } from "#app/auth/scopes.ts";
import type { WriteTransaction } from "#app/db/writer.server.ts";

/** Who is asking, once a guard has made sure of it. */
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

/** What the process knows of a request before any route sees it. */
export interface RequestInfo {
  /** From a well-formed X-Request-Id, or made here; sent back under the same name. */
  id: string;
  /** The peer's address, or what the trusted proxies say. */
  clientAddress: string;
  /** For the Content-Security-Policy of a page; empty for any other answer. */
  nonce: string;
}

/** Set by the guards only. Reading it on an unguarded route throws. */
export const userContext = createContext<UserRef>();

/** For pages that are for everybody: who is signed in, if anybody is. */
export const sessionUserContext = createContext<UserRef | undefined>();

/** What a verified bearer token grants. */
export const tokenContext = createContext<{ scopes: Scope[]; expiresAt: Date }>();

/** The transaction that all writes of the request are part of, where it has one. */
export const writeTransactionContext = createContext<WriteTransaction | null>(null);

/** Set in server.ts for every request. */
export const requestInfoContext = createContext<RequestInfo>();
