import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { type EntryContext, type HandleErrorFunction, isRouteErrorResponse, type RouterContextProvider, ServerRouter } from "react-router";
import { NonceContext } from "#app/components/ui/nonce.ts";
import { requestInfoContext } from "#app/context.ts";
import { log } from "#app/log.server.ts";
import { RETRY_AFTER } from "#app/server/with-503.server.ts";

const RENDER_TIMEOUT = 5_000;

/** Streams the page as soon as its shell stands; robots get it whole. */
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
    let streaming = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext value={nonce}>
        <ServerRouter context={entry} url={request.url} nonce={nonce} />
      </NonceContext>,
      {
        nonce,
        [ready]() {
          streaming = true;
          const body = new PassThrough();
          headers.set("Content-Type", "text/html; charset=utf-8");
          if (status === 405) headers.set("Allow", "GET, HEAD, POST");
          if (status === 503) headers.set("Retry-After", RETRY_AFTER);
          if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-cache");
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }));
          pipe(body);
        },
        onShellError: reject,
        onError(error) {
          if (streaming) log.error({ event: "page.render_failed", err: error }, "a page failed while it was sent");
        },
      },
    );
    setTimeout(abort, RENDER_TIMEOUT).unref();
  });
}

/** React Router's words for a form of another origin. */
const OTHER_ORIGIN = /origin.* Aborting the action\.$/;

/** Errors of loaders, actions and components. A client that has gone away is none, nor one that was refused. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  if (error instanceof Error && OTHER_ORIGIN.test(error.message)) return;
  const { id } = context.get(requestInfoContext);
  log.error({ event: "page.fault", request_id: id, err: error }, "a page failed");
};
