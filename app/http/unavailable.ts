import { data } from "react-router";
import { Problem } from "#app/http/problem.ts";

/** Seconds. */
export const RETRY_AFTER = "5";

/** For the API. */
export function unavailableProblem(): Problem {
  return new Problem("unavailable", { headers: { "Retry-After": RETRY_AFTER } });
}

/** For pages: throw it from a loader or action to show the 503 error page. */
export function unavailablePage() {
  return data(null, { status: 503, headers: { "Retry-After": RETRY_AFTER } });
}
