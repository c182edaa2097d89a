import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import proxyAddr from "proxy-addr";
import type { RequestInfo } from "#app/context.ts";

/** Written over whatever the client sent, so that behind server.ts they can be believed. */
const HEADERS = { id: "x-request-id", clientAddress: "x-client-ip", nonce: "x-csp-nonce" } as const;
const REQUEST_ID = /^[\w.-]{1,64}$/;

/**
 * Finds out what the process knows of a request, and leaves it in the request's headers for the routes.
 * `trustedHops` is how many proxies stand in front: only what they appended to X-Forwarded-For is believed.
 * Only a page has a nonce.
 */
export function identify(request: IncomingMessage, trustedHops: number, isPage = true): RequestInfo {
  const given = request.headers[HEADERS.id];
  const info: RequestInfo = {
    id: typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID(),
    clientAddress: addressOf(request, trustedHops).replace(/^::ffff:/, ""),
    nonce: isPage ? randomBytes(16).toString("base64url") : "",
  };
  for (const [key, header] of Object.entries(HEADERS)) request.headers[header] = info[key as keyof RequestInfo];
  return info;
}

/** Empty when the client has hung up already: its socket has no address any more. */
function addressOf(request: IncomingMessage, trustedHops: number): string {
  const address: string | undefined = proxyAddr(request, (_address, hop) => hop < trustedHops);
  return address ?? "";
}

export function requestInfoOf({ headers }: Request): RequestInfo {
  return {
    id: headers.get(HEADERS.id) ?? "",
    clientAddress: headers.get(HEADERS.clientAddress) ?? "",
    nonce: headers.get(HEADERS.nonce) ?? "",
  };
}
