import type { DoableServer } from "./server.ts";

export interface LogLine extends Record<string, unknown> {
  level: string;
  event?: string;
  request_id?: string;
}

/** Throws if a line is not JSON. */
export function logLines({ log }: DoableServer): LogLine[] {
  return log.map((line) => JSON.parse(line));
}

/** Warnings and errors that were logged for a request. */
export function faultsOf(server: DoableServer, requestId: string): LogLine[] {
  return logLines(server).filter(({ request_id, level }) => request_id === requestId && !["debug", "info"].includes(level));
}
