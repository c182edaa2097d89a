import { AsyncLocalStorage } from "node:async_hooks";
import { type DestinationStream, type Logger, pino } from "pino";
import pretty from "pino-pretty";
import { env } from "#app/env.server.ts";

/** Fields of every line that is logged within a request. Paths appear as route patterns only. */
export interface RequestFields {
  request_id: string;
  method: string | undefined;
  /** Known once it is routed. Missing for files, and for requests that are rejected before. */
  route?: string;
  /** Known once a guard has let it in. */
  user_id?: string;
  /** Why the response is a 503. */
  unavailable?: string;
}

interface LoggedRequest {
  fields: RequestFields;
  /** Monotonic milliseconds. */
  began: number;
}

const requests = new AsyncLocalStorage<LoggedRequest>();

/** Runs work for a request: lines that it logs have the request's fields. */
export function inRequest(request: LoggedRequest, work: () => void): void {
  requests.run(request, work);
}

export function noteInRequest(fields: Omit<RequestFields, "request_id" | "method">): void {
  Object.assign(requests.getStore()?.fields ?? {}, fields);
}

/** Milliseconds since the request began. */
export function requestMilliseconds(): number | undefined {
  const request = requests.getStore();
  return request && millisecondsSince(request.began);
}

export function millisecondsSince(began: number): number {
  return Math.round((performance.now() - began) * 10) / 10;
}

interface LoggedError {
  type: string;
  message: string;
  stack?: string | undefined;
  code?: unknown;
  constraint?: unknown;
  cause?: LoggedError;
}

/** Not every property: the details of a database error contain the row. */
function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { name, message, stack, cause, code, constraint } = error as Error & Pick<LoggedError, "code" | "constraint">;
  return { type: name, message, stack, code, constraint, ...(cause !== undefined && { cause: describeError(cause) }) };
}

export function createLog(destination: DestinationStream | undefined, level: string = env.LOG_LEVEL): Logger {
  return pino(
    {
      level,
      base: null,
      formatters: { level: (level) => ({ level }) },
      mixin: () => ({ ...requests.getStore()?.fields }),
      serializers: { err: describeError },
    },
    destination,
  );
}

export const log: Logger = createLog(process.stdout.isTTY ? pretty({ ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" }) : undefined);
