import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { type EntryContext, type HandleErrorFunction, isRouteErrorResponse, type RouterContextProvider, ServerRouter } from "react-router";
import { NonceContext } from "#app/components/ui/nonce.ts";
import { requestInfoContext } from "#app/context.ts";
import type { TooOften } from "#app/http/too-often.ts";
import { RETRY_AFTER } from "#app/http/unavailable.server.ts";
import { log, requestMilliseconds } from "#app/log.server.ts";

const RENDER_TIMEOUT = 5_000;

/** Streams the page once its shell has rendered; crawlers get it complete. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce } = context.get(requestInfoContext);
  return new Promise((resolve, reject) => {
    const ready = isbot(request.headers.get("User-Agent")) ? "onAllReady" : "onShellReady";
    let isStreaming = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext value={nonce}>
        <ServerRouter context={entry} url={request.url} nonce={nonce} />
      </NonceContext>,
      {
        nonce,
        [ready]() {
          isStreaming = true;
          const body = new PassThrough();
          setPageHeaders(headers, status, entry);
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }));
          pipe(body);
        },
        onShellError: reject,
        onError(error) {
          if (isStreaming) log.error({ event: "page.render_failed", err: error }, "a page failed while it was sent");
        },
      },
    );
    setTimeout(abort, RENDER_TIMEOUT).unref();
  });
}

function setPageHeaders(headers: Headers, status: number, { staticHandlerContext }: EntryContext): void {
  headers.set("Content-Type", "text/html; charset=utf-8");
  if (status === 405) headers.set("Allow", "GET, HEAD, POST");
  if (status === 503) headers.set("Retry-After", RETRY_AFTER);
  // The router drops the headers of what a middleware throws.
  for (const error of Object.values(staticHandlerContext.errors ?? {}))
    if (isRouteErrorResponse(error) && error.status === 429) headers.set("Retry-After", String((error.data as TooOften).seconds));
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-cache");
}

/** Logs errors of loaders, actions and components, except aborted requests and 4xx responses. */
export const handleError: HandleErrorFunction = (error, { request }) => {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  log.error({ event: "page.fault", status: 500, ms: requestMilliseconds(), err: error }, "a page failed");
};
