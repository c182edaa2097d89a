import type { IncomingMessage, ServerResponse } from "node:http";
import { Problem } from "#app/http/problem.ts";
import { errorDocument } from "#app/server/error-document.tsx";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** RFC 9110, section 7.2: a name or an address, and maybe a port. What a URL would take for a user or a path is neither. */
const HOST = /^[^\s/?#@\\]*$/;
const MEBIBYTE = 1024 * 1024;
/** RFC 9110, section 15.5.16. */
const UNENCODED = { detail: "A body is taken as it is, without a Content-Encoding", headers: { "Accept-Encoding": "identity" } };
/** How long a client that still sends has to notice that it was refused: hung up on at once, it may lose its answer. */
const LINGER = 1_000;
/** Where an archive is taken in. Behind an ending, scripts of ours fetch a page's data. */
const IMPORT = /^\/(api\/[^/]+\/import|settings\/data(\.data)?)\/?(\?|$)/;

/** What no route should have to see: a target or host that is none, a method nobody has, a body that is too large. */
export function checkRequest(request: IncomingMessage): Problem | undefined {
  const { method = "", url = "", headers } = request;
  if (!METHODS.has(method)) return new Problem("method_not_allowed", { headers: { Allow: [...METHODS].join(", ") } });
  const { host = "" } = headers;
  if (!url.startsWith("/") || !HOST.test(host) || !URL.canParse(`http://${host}${url}`)) return new Problem("malformed_request");
  if (Number(headers["content-length"] ?? 0) > bodyLimit(request)) return new Problem("body_too_large");
  if ((headers["content-encoding"] ?? "identity") !== "identity") return new Problem("unsupported_media_type", UNENCODED);
  return undefined;
}

/** In bytes: an archive is large, and a form puts some lines around its file. */
function bodyLimit({ url = "" }: IncomingMessage): number {
  return IMPORT.test(url) ? 10 * MEBIBYTE + (url.startsWith("/api/") ? 0 : 4096) : MEBIBYTE;
}

/** Answers without reading what the client still sends, and ends the connection: at once, where it has its answer already. */
export async function refuse(response: ServerResponse, problem: Problem, requestId: string): Promise<void> {
  if (response.headersSent) return void response.req.destroy();
  if (problem.code === "body_too_large" && isForm(response.req)) return refuseForm(response, problem);
  const answer = problem.toResponse(requestId);
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), Connection: "close" });
  response.write(await answer.text());
  endOnceSent(response);
  setTimeout(() => response.end(), LINGER).unref();
}

/** A browser that sends a page's form by itself says that it wants a page next, and how long the form is. */
function isForm({ url = "", headers }: IncomingMessage): boolean {
  const isWhole = headers["transfer-encoding"] === undefined;
  return isWhole && !url.startsWith("/api/") && Boolean(headers.accept?.includes("text/html"));
}

/** Ends its answer once all is sent, and thrown away: a browser that finds the connection closed before would show that instead. */
function refuseForm(response: ServerResponse, { status }: Problem): void {
  response.writeHead(status, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
  response.write(errorDocument(status, IMPORT.test(response.req.url ?? "") ? "/settings/data" : undefined));
  endOnceSent(response);
}

/** Throws away what still comes. Who has begun to read it never sees it end: half a form must not pass for a whole one. */
function endOnceSent(response: ServerResponse): void {
  const { req } = response;
  if (req.complete) return void response.end();
  for (const event of ["data", "end"]) req.removeAllListeners(event);
  req.once("end", () => response.end()).resume();
}

/**
 * After an answer that came before its body was read, the rest is thrown away, as much as a body may be: the client may
 * send its next request on that connection, and whoever began to read this one has stopped it there.
 */
export function drainBody(request: IncomingMessage, response: ServerResponse): void {
  const { headers } = request;
  if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) return;
  response.once("finish", () => {
    if (request.complete) return;
    request.removeAllListeners("data");
    limitBody(request, () => request.destroy());
    request.resume();
  });
}

/** For bodies that don't say their length: counts what arrives, and refuses once it is too much. */
export function limitBody(request: IncomingMessage, tooLarge: () => void): void {
  if (request.headers["transfer-encoding"] === undefined) return;
  const limit = bodyLimit(request);
  let received = 0;
  request.on("data", function count(chunk: Buffer) {
    received += chunk.length;
    if (received <= limit) return;
    request.off("data", count);
    tooLarge();
  });
}
