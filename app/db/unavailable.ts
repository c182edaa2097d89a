/** SQLSTATE classes and codes of a server that is away, stopping, starting, or out of connections (PostgreSQL, appendix A). */
const AWAY = /^(08...|57P0[1-5]|53300)$/;
/** Of one that gave a statement up, which may pass the next time: a deadlock, a lock or a statement that took too long. */
const BUSY = /^(40001|40P01|55P03|57014)$/;
const SYSTEM = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);
/** pg reports these without any code. */
const MESSAGE =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after calling end)/;

/** What was asked for has not been tried: too much is waiting already. */
export class Overloaded extends Error {}

/** Whether the database could not do it just now, as opposed to having refused a statement. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Overloaded || hasCode(error, BUSY) || isAway(error);
}

/** Whether the database could not be reached, or can't be over that connection any more. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (hasCode(error, AWAY) || (typeof code === "string" && SYSTEM.has(code))) return true;
  if (error instanceof AggregateError) return error.errors.some(isAway);
  return MESSAGE.test(error.message) || isAway(error.cause);
}

function hasCode(error: unknown, codes: RegExp): boolean {
  return error instanceof Error && codes.test(String((error as { code?: unknown }).code));
}
