import { data } from "react-router";
import { Problem } from "#app/http/problem.ts";

/** Seconds. */
export const RETRY_AFTER = "5";

export function unavailableProblem(): Problem {
  return new Problem("unavailable", { headers: { "Retry-After": RETRY_AFTER } });
}

export function unavailablePage() {
  return data(null, { status: 503, headers: { "Retry-After": RETRY_AFTER } });
}
