/** SQLSTATE classes and codes of a server that is away, stopping, starting, or out of connections (PostgreSQL, appendix A). */
const SQLSTATE = /^(08...|57P0[1-5]|53300)$/;
const SYSTEM = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);
/** pg reports these without any code. */
const MESSAGE =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after calling end)/;

/** What was asked for has not been tried: too much is waiting already. */
export class Overloaded extends Error {}

/** Whether the database could not be reached, as opposed to having refused a statement. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Overloaded) return true;
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && (SQLSTATE.test(code) || SYSTEM.has(code))) return true;
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  return MESSAGE.test(error.message) || isUnavailable(error.cause);
}
