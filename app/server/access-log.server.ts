import type { ServerResponse } from "node:http";
import { unavailableResponses } from "#app/http/metrics.server.ts";
import { log, millisecondsSince, type RequestFields } from "#app/log.server.ts";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);
/** As in nginx: the client has closed its connection before the response began. */
const CLIENT_CLOSED = 499;

/** Logs one line when the response has ended: at info for a request that changes something or fails, at debug for others. */
export function logAccess(response: ServerResponse, fields: RequestFields, began: number): void {
  response.once("close", () => {
    const status = response.headersSent ? response.statusCode : CLIENT_CLOSED;
    if (status === 503) unavailableResponses.inc({ reason: fields.unavailable ?? "other" });
    const level = status >= 400 || !READS.has(fields.method ?? "") ? "info" : "debug";
    if (log.isLevelEnabled(level)) log[level]({ ...fields, event: "http.request", status, ms: millisecondsSince(began) }, "request");
  });
}
