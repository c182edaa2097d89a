import { data } from "react-router";
import { isUnavailable, isWriteRefused, Overloaded } from "#app/db/errors.ts";
import { Problem } from "#app/http/problem.ts";
import { noteInRequest } from "#app/log.server.ts";

/** Seconds. */
export const RETRY_AFTER = "5";

export type UnavailableReason = "overloaded" | "writes_refused" | "database" | "setup" | "key_set" | "sign_in";

/** Of an error that `isServerFault`. */
export function unavailableReason(error: unknown): UnavailableReason {
  if (error instanceof Overloaded) return "overloaded";
  if (isWriteRefused(error)) return "writes_refused";
  return isUnavailable(error) ? "database" : "setup";
}

export function unavailableProblem(reason: UnavailableReason): Problem {
  noteInRequest({ unavailable: reason });
  return new Problem("unavailable", { headers: { "Retry-After": RETRY_AFTER } });
}

export function unavailablePage(reason: UnavailableReason) {
  noteInRequest({ unavailable: reason });
  return data(null, { status: 503, headers: { "Retry-After": RETRY_AFTER } });
}
