import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Problem } from "#app/http/problem.ts";
import { errorDocument } from "#app/server/error-document.tsx";
import { isImport } from "#app/server/request-body.ts";

/** Milliseconds between response and close: a client that is still sending would lose the response to an immediate reset. */
const LINGER = 1_000;

/** Responds without reading the rest of the body and closes the connection; destroys it if a response has already begun. */
export async function reject(response: ServerResponse, problem: Problem, requestId: string): Promise<void> {
  if (response.headersSent) return void response.req.destroy();
  if (problem.code === "body_too_large" && isPageForm(response.req)) return rejectForm(response, problem);
  const rejection = problem.toResponse(requestId);
  response.writeHead(rejection.status, { ...Object.fromEntries(rejection.headers), Connection: "close" });
  response.write(await rejection.text());
  endAfterBody(response);
  setTimeout(() => response.end(), LINGER).unref();
}

/** A form that a browser submits without scripts: it accepts HTML and declares its length. */
function isPageForm({ url = "", headers }: ServerResponse["req"]): boolean {
  const hasLength = headers["transfer-encoding"] === undefined;
  return hasLength && !url.startsWith("/api/") && Boolean(headers.accept?.includes("text/html"));
}

/** Ends the response only after the whole body arrived: a browser would show a closed connection instead of the page. */
function rejectForm(response: ServerResponse, { status }: Problem): void {
  response.writeHead(status, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
  response.write(errorDocument(status, isImport(response.req) ? "/settings/data" : undefined));
  endAfterBody(response);
}

/** Refuses a request of another site: pages with a page, Better Auth's endpoints as they refuse an origin themselves. */
export function rejectCrossSite(response: ServerResponse): void {
  const isForPage = !response.req.url?.startsWith("/api/");
  const body = isForPage
    ? errorDocument(400, undefined)
    : JSON.stringify({ code: "CROSS_SITE", message: "Cross-site requests are refused" });
  const type = isForPage ? "text/html; charset=utf-8" : "application/json";
  response.writeHead(isForPage ? 400 : 403, { "Content-Type": type, "Cache-Control": "no-store" }).end(body);
}

/** Discards the rest of the body. Routes that are reading it get no `end` event, so a truncated form is never processed. */
function endAfterBody(response: ServerResponse): void {
  const { req } = response;
  if (req.complete) return void response.end();
  for (const event of ["data", "end"]) req.removeAllListeners(event);
  req.once("end", () => response.end()).resume();
}

const STATUS_LINES: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** Responds on the socket, with `headers`, to bytes that Node's parser rejected: they never become a request. */
export function rejectUnparsed(error: NodeJS.ErrnoException, socket: Duplex, headers: Record<string, string>): void {
  const fields = Object.entries({ ...headers, "Content-Length": "0", Connection: "close" });
  const lines = fields.map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${STATUS_LINES[error.code ?? ""] ?? "400 Bad Request"}\r\n${lines.join("\r\n")}\r\n\r\n`);
}
