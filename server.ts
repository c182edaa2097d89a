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
import { isStopping } from "#app/http/readiness.server.ts";
import { startJobs } from "#app/jobs/scheduler.server.ts";
import { inRequest, log } from "#app/log.server.ts";
import { logAccess } from "#app/server/access-log.server.ts";
import { apiBuild } from "#app/server/api-build.ts";
import { listenForCommands } from "#app/server/control.server.ts";
import { crossOriginHeaders, preflightHeaders } from "#app/server/cross-origin.ts";
import { listening, stopOnSignal } from "#app/server/lifecycle.server.ts";
import { isCrossSite } from "#app/server/origin-check.ts";
import { logConsole, logProcess } from "#app/server/process-log.server.ts";
import { reject, rejectCrossSite, rejectUnparsed } from "#app/server/reject.ts";
import { drainBody, limitBody } from "#app/server/request-body.ts";
import { checkRequest } from "#app/server/request-check.ts";
import { identify, requestInfoOf } from "#app/server/request-info.ts";
import { securityHeaders } from "#app/server/security-headers.ts";
import { exitWith, startup } from "#app/server/startup.server.ts";
import { staticFiles } from "#app/server/static-files.ts";
import { with503 } from "#app/server/with-503.server.ts";

type FileHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Milliseconds: to receive the headers, the whole request, and the next request on the connection; and how often to check. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 1_000 };
/** API routes only: /api/docs is a page, and the page routes respond to malformed paths. */
const API_PATH = /^\/api\/(?!docs)[\w/-]*(\?|$)/;

const isHttps = env.BETTER_AUTH_URL.startsWith("https:");
const nonPageHeaders = securityHeaders("", isHttps);
const compress = compression({ threshold: 1024 });

const handlePage = createRequestListener({
  // Behind a proxy that terminates TLS, a form's Origin is https while the request here is http.
  build: { ...build, routes: with503(build.routes), allowedActionOrigins: [new URL(env.BETTER_AUTH_URL).host] },
  getLoadContext,
});
const handleApi = createRequestListener({ build: apiBuild(build), getLoadContext });

const responses = new WeakMap<Duplex, ServerResponse>();

let started: Promise<void> | undefined;

/** For Vite, which serves the files itself and adds scripts without a nonce to pages. */
export async function developmentListener(request: IncomingMessage, response: ServerResponse): Promise<void> {
  started ??= startup();
  await started;
  handleRequest(request, response, (_request, _response, next) => {
    response.removeHeader("Content-Security-Policy");
    next();
  });
}

async function serve(): Promise<void> {
  logConsole(log);
  logProcess(log);
  await startup();
  const files = staticFiles("build/client");
  // Skips the file look-up for API requests: no file is below /api.
  const serveFile: FileHandler = (request, response, next) => (isForApi(request) ? next() : files(request, response, next));
  // Node's own response to a missing Host has no body and no request id; checkRequest refuses it too.
  const server = createServer({ ...TIMEOUTS, requireHostHeader: false }, (request, response) =>
    handleRequest(request, response, serveFile),
  );
  // Drop connections idle for 2 min while a response is being sent.
  server.setTimeout(120_000);
  server.on("clientError", handleClientError);
  const stopListening = await listenForCommands();
  stopOnSignal(server, async () => {
    stopListening();
    await closeDatabase();
  });
  await listening(server, env.PORT, env.HOST);
  startJobs();
  log.info({ event: "server.ready", port: env.PORT }, `Doable is ready on ${env.BETTER_AUTH_URL}`);
}

function handleRequest(request: IncomingMessage, response: ServerResponse, serveFile: FileHandler): void {
  responses.set(request.socket, response);
  response.once("close", () => responses.delete(request.socket));
  const forApi = isForApi(request);
  const { id, nonce } = identify(request, env.TRUST_PROXY, !forApi);
  const logged = { fields: { request_id: id, method: request.method }, began: performance.now() };
  logAccess(response, logged.fields, logged.began);
  setHeaders(response, {
    ...(forApi ? nonPageHeaders : securityHeaders(nonce, isHttps)),
    ...crossOriginHeaders(request, env.CORS_ORIGINS),
    ...(isStopping() && { Connection: "close" }),
    "X-Request-Id": id,
  });
  request.url = escapeDataSuffix(request.url);
  const problem = checkRequest(request);
  if (problem) return void reject(response, problem, id);
  const preflight = preflightHeaders(request, env.CORS_ORIGINS);
  if (preflight) return void response.writeHead(204, preflight).end();
  drainBody(request, response);
  if (isCrossSite(request, env.BETTER_AUTH_URL)) return void rejectCrossSite(response);
  limitBody(request, () => void reject(response, new Problem("body_too_large"), id));
  const route = forApi ? handleApi : handlePage;
  inRequest(logged, () => withCompression(request, response, () => serveFile(request, response, () => void route(request, response))));
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function withCompression(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (request.headers["accept-encoding"]) return void compress(request as never, response as never, next);
  response.appendHeader("Vary", "Accept-Encoding");
  next();
}

function isForApi({ url = "" }: IncomingMessage): boolean {
  return API_PATH.test(url);
}

/** React Router takes `.data` at the end of a path for a page's data request. In the API it is part of an ordinary name. */
function escapeDataSuffix(url = ""): string {
  return url.replace(/^(\/api\/(?!docs)[^?]*)\.data(?=\?|$)/, "$1%2Edata");
}

function getLoadContext(request: Request): RouterContextProvider {
  const context = new RouterContextProvider();
  context.set(requestInfoContext, requestInfoOf(request));
  return context;
}

/** For requests that never reach a listener: malformed HTTP, and timeouts. */
function handleClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || responses.get(socket)?.headersSent || error.code === "ECONNRESET") return void socket.destroy();
  log.info({ event: "http.unparsed", code: error.code }, "a request could not be parsed");
  rejectUnparsed(error, socket, nonPageHeaders);
}

if (import.meta.env.PROD) serve().catch(exitWith);
