/** SQLSTATE of a server that is unreachable, stopping, starting, out of connections, or closes one (PostgreSQL, appendix A). */
const CONNECTION = /^(08...|57P0[1-5]|53300|25P0[34])$/;
/** SQLSTATE of a statement that may succeed when repeated: a deadlock, a lock or a statement that took too long. */
const TRANSIENT = /^(40001|40P01|55P03|57014)$/;
/** SQLSTATE of a server that can't do the work now: it only reads, or its disk or memory is full, or its disk fails. */
const RESOURCES = /^(25006|53...|58030)$/;
/** SQLSTATE of a server that only reads, or has no room to write. */
const WRITES = /^(25006|53100)$/;
/** SQLSTATE of a server that is set up wrongly: a refused log-in, a missing database, table or privilege, an internal error. */
const SETUP = /^(28...|3D000|3F000|42501|42P01|42703|58...|XX...)$/;
/** SQLSTATE of a name that another client has prepared, or that no statement of this connection has. */
const STATEMENT_NAME = /^(42P05|26000)$/;
const SYSTEM = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);
/** Errors that pg raises without a code. */
const MESSAGE =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after calling end)/;

const MISSING_TABLE = /^42P01$/;
const LOCK_TIMEOUT = /^55P03$/;
const UNIQUE_VIOLATION = "23505";
const FOREIGN_KEY_VIOLATION = "23503";

export class Overloaded extends Error {}

/** Whether the database could not run the statement now, as opposed to having rejected it. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Overloaded || hasCode(error, TRANSIENT) || hasCode(error, RESOURCES) || isConnectionError(error);
}

/** Whether the database can't be used for a reason that is not in the statement: never the caller's fault. */
export function isServerFault(error: unknown): boolean {
  return isUnavailable(error) || hasCode(error, SETUP) || isStatementNameError(error);
}

/** Whether the database does not take writes, although it may answer reads. */
export function isWriteRefused(error: unknown): boolean {
  return hasCode(error, WRITES);
}

/** Whether the server is reachable, but gives out no further connection. */
export function isOutOfConnections(error: unknown): boolean {
  return hasCode(error, /^53300$/);
}

/** Whether a connection pooler refused the connection for a parameter that it does not pass on, such as a time-out. */
export function isStartupParameterError(error: unknown): boolean {
  return hasCode(error, /^08P01$/) && (error as Error).message.startsWith("unsupported startup parameter");
}

/** Whether a named statement failed because a connection pooler moved it to another connection of the server. It did not run. */
export function isStatementNameError(error: unknown): boolean {
  return hasCode(error, STATEMENT_NAME);
}

export function isMissingTable(error: unknown): boolean {
  return hasCode(error, MISSING_TABLE);
}

export function isLockTimeout(error: unknown): boolean {
  return hasCode(error, LOCK_TIMEOUT);
}

/** Whether the database can't be reached, or not over this connection. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (hasCode(error, CONNECTION) || (typeof code === "string" && SYSTEM.has(code))) return true;
  if (error instanceof AggregateError) return error.errors.some(isConnectionError);
  return MESSAGE.test(error.message) || isConnectionError(error.cause);
}

/** Whether the database reported the error, with a SQLSTATE. */
export function isDatabaseError(error: unknown): error is Error {
  return hasCode(error, /^[0-9A-Z]{5}$/) && "severity" in (error as Error);
}

function hasCode(error: unknown, codes: RegExp): boolean {
  return error instanceof Error && codes.test(String((error as { code?: unknown }).code));
}

/** The constraint's name in migrations/; `undefined` for any other error. */
export function brokenConstraint(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return (code === UNIQUE_VIOLATION || code === FOREIGN_KEY_VIOLATION) && typeof constraint === "string" ? constraint : undefined;
}
