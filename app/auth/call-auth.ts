import { repeatingUnnamed, throwingFailures } from "#app/db/failures.ts";

/**
 * Calls Better Auth. Where the database fails, that reports a missing session, a wrong key, or an empty 500: here the database's
 * error is thrown instead. `work` may be called twice.
 */
export function callAuth<T>(work: () => Promise<T>): Promise<T> {
  return throwingFailures(() => repeatingUnnamed(work));
}
