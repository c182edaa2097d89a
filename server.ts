import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import * as build from "virtual:react-router/server-build";
import { createRequestListener } from "@react-router/node";
import compression from "compression";
import { RouterContextProvider } from "react-router";
import { requestInfoContext } from "#app/context.ts";
import { closeDatabase } from "#app/db/database.server.ts";
import { env } from "#app/env.server.ts";
import { Problem } from "#app/http/problem.ts";
import { startJobs } from "#app/jobs/scheduler.server.ts";
import { log } from "#app/log.server.ts";
import { apiBuild } from "#app/server/api-build.ts";
import { crossOriginHeaders, preflightHeaders } from "#app/server/cross-origin.ts";
import { listening, stopOnSignal } from "#app/server/lifecycle.server.ts";
import { checkRequest, drainBody, limitBody, refuse } from "#app/server/reject.ts";
import { identify, requestInfoOf } from "#app/server/request-info.ts";
import { securityHeaders } from "#app/server/security-headers.ts";
import { exitWith, startup } from "#app/server/startup.server.ts";
import { staticFiles } from "#app/server/static-files.ts";
import { with503 } from "#app/server/with-503.server.ts";

const isHttps = env.BETTER_AUTH_URL.startsWith("https:");
const NO_PAGE = securityHeaders("", isHttps);
const compress = compression({ threshold: 1024 });
/** In milliseconds: for the head of a request, for all of it, between two; and how often they are looked at. */
const TIME_OUTS = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 1_000 };

function getLoadContext(request: Request): RouterContextProvider {
  const context = new RouterContextProvider();
  context.set(requestInfoContext, requestInfoOf(request));
  return context;
}

const routes = createRequestListener({
  // Behind a proxy that ends TLS, a form's Origin is https while the request here is http.
  build: { ...build, routes: with503(build.routes), allowedActionOrigins: [new URL(env.BETTER_AUTH_URL).host] },
  getLoadContext,
});
const apiRoutes = createRequestListener({ build: apiBuild(build), getLoadContext });

function listen(request: IncomingMessage, response: ServerResponse, serveFile: typeof passOn): void {
  answers.set(request.socket, response);
  response.once("close", () => answers.delete(request.socket));
  const forApi = isForApi(request);
  const { id, nonce } = identify(request, env.TRUST_PROXY, !forApi);
  const crossOrigin = crossOriginHeaders(request, env.CORS_ORIGINS);
  const headers = { ...(forApi ? NO_PAGE : securityHeaders(nonce, isHttps)), ...crossOrigin, "X-Request-Id": id };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  request.url = withoutDataSuffix(request.url);
  const refusal = checkRequest(request);
  if (refusal) return void refuse(response, refusal, id);
  const preflight = preflightHeaders(request, env.CORS_ORIGINS);
  if (preflight) return void response.writeHead(204, preflight).end();
  drainBody(request, response);
  limitBody(request, () => void refuse(response, new Problem("body_too_large"), id));
  const answer = () => serveFile(request, response, () => void (forApi ? apiRoutes : routes)(request, response));
  if (request.headers["accept-encoding"]) return void compress(request as never, response as never, answer);
  response.appendHeader("Vary", "Accept-Encoding");
  answer();
}

/** Plain paths only, such as programs ask for: the page on the API is among the other routes, and so is the answer to what is no path of ours. */
const API_PATH = /^\/api\/(?!docs)[\w/-]*(\?|$)/;

function isForApi({ url = "" }: IncomingMessage): boolean {
  return API_PATH.test(url);
}

/** To React Router a path that ends in `.data` asks for a page's data. Where there are no pages it is a name like any other. */
function withoutDataSuffix(url = ""): string {
  return url.replace(/^(\/api\/(?!docs)[^?]*)\.data(?=\?|$)/, "$1%2Edata");
}

function passOn(_request: IncomingMessage, _response: ServerResponse, next: () => void): void {
  next();
}

/** What is being answered on a connection. */
const answers = new WeakMap<Duplex, ServerResponse>();

/** What is no HTTP at all never becomes a request; the answer still carries every header that answers carry. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || answers.get(socket)?.headersSent || error.code === "ECONNRESET") return void socket.destroy();
  const status = { HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large", ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout" };
  const headers = Object.entries({ ...NO_PAGE, "Content-Length": "0", Connection: "close" });
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status[error.code as keyof typeof status] ?? "400 Bad Request"}\r\n${lines.join("\r\n")}\r\n\r\n`);
}

let prepared: Promise<void> | undefined;

/** For Vite, which serves the files itself and puts scripts into the page that no nonce covers. */
export async function developmentListener(request: IncomingMessage, response: ServerResponse): Promise<void> {
  prepared ??= startup();
  await prepared;
  listen(request, response, (_request, _response, next) => {
    response.removeHeader("Content-Security-Policy");
    next();
  });
}

async function start(): Promise<void> {
  await startup();
  const files = staticFiles("build/client");
  // No file is below /api, where the most requests go.
  const serveFile: typeof passOn = (request, response, next) => (isForApi(request) ? next() : files(request, response, next));
  const server = createServer(TIME_OUTS, (request, response) => listen(request, response, serveFile));
  // An answer that nobody takes.
  server.setTimeout(120_000);
  server.on("clientError", refuseUnreadable);
  await listening(server, env.PORT, env.HOST);
  stopOnSignal(server, closeDatabase);
  startJobs();
  log.info({ event: "server.ready", port: env.PORT }, `Doable is ready on ${env.BETTER_AUTH_URL}`);
}

if (import.meta.env.PROD) start().catch(exitWith);
