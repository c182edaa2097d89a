import { createContext } from "react-router";

/** The user in a session, or a script with the access key of this id. */
export type Origin = { type: "session" } | { type: "key"; id: string };

/** What a capture box reads beside English. */
export const CAPTURE_LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl"] as const;
export type CaptureLanguage = (typeof CAPTURE_LANGUAGES)[number];

/** The order of day, month and year in "3/4/2027". */
export const DATE_ORDERS = ["dmy", "mdy", "ymd"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export interface UserRef {
  id: string;
  name: string;
  /** IANA name, such as Europe/Lisbon. */
  timezone: string;
  /** 1 Monday to 7 Sunday. */
  weekStart: number;
  clock: "12" | "24";
  theme: "system" | "light" | "dark";
  captureLanguage: CaptureLanguage;
  /** Null: not chosen, so that only dates with one possible order are read. */
  dateOrder: DateOrder | null;
  origin: Origin;
}

/** The user of a repository. */
export type RepositoryUser = Pick<UserRef, "id" | "timezone" | "origin">;

/** The user whose rows are written. Without an origin, as in a background job, the change is not in the user's history. */
export interface ChangeAuthor {
  id: string;
  origin: Origin | null;
}

export interface RequestInfo {
  /** From a well-formed X-Request-Id, or generated; returned under the same name. */
  id: string;
  /** The peer's address, or the one that the trusted proxies report. */
  clientAddress: string;
  nonce: string;
}

/** Set by the guards only. Reading it on an unguarded route throws. */
export const userContext = createContext<UserRef>();

export const sessionUserContext = createContext<UserRef | undefined>();

export const requestInfoContext = createContext<RequestInfo>();
