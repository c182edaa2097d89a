import type { IncomingMessage, ServerResponse } from "node:http";
import { BODY_LIMIT, IMPORT_BODY_LIMIT, OPEN_BODY_LIMIT } from "#app/http/body-limits.ts";

/** The import endpoint and the import form, whose data requests end in `.data`. */
const IMPORT = /^\/(api\/[^/]+\/import|settings\/data(\.data)?)\/?(\?|$)/;
/** A form or key of these addresses is never longer than their limit. */
const OPEN = /^\/((login|signup|logout)(\.data)?|api\/auth\/.*|api\/token)\/?(\?|$)/;

export function isImport({ url = "" }: IncomingMessage): boolean {
  return IMPORT.test(url);
}

/** In bytes. Imports are larger, and a multipart form adds headers around its file. */
export function bodyLimit(request: IncomingMessage): number {
  if (OPEN.test(request.url ?? "")) return OPEN_BODY_LIMIT;
  if (!isImport(request)) return BODY_LIMIT;
  return IMPORT_BODY_LIMIT + (request.url?.startsWith("/api/") ? 0 : 4096);
}

/** For bodies without a Content-Length: counts the bytes received and calls `onTooLarge` once past the limit. */
export function limitBody(request: IncomingMessage, onTooLarge: () => void): void {
  if (request.headers["transfer-encoding"] === undefined) return;
  const limit = bodyLimit(request);
  let received = 0;
  request.on("data", function count(chunk: Buffer) {
    received += chunk.length;
    if (received <= limit) return;
    request.off("data", count);
    onTooLarge();
  });
}

/**
 * Discards the unread rest of a body, up to the limit, after a response that was sent before the body was read:
 * otherwise the next request on a keep-alive connection would stall behind it.
 */
export function drainBody(request: IncomingMessage, response: ServerResponse): void {
  const { headers } = request;
  if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) return;
  response.once("finish", () => {
    if (request.complete) return;
    // A route that started reading has left the stream paused by its listener.
    request.removeAllListeners("data");
    limitBody(request, () => request.destroy());
    request.resume();
  });
}
