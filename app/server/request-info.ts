import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import proxyAddr from "proxy-addr";
import type { RequestInfo } from "#app/context.ts";

/** Overwritten on every request, so routes can trust them. */
const HEADERS = { id: "x-request-id", clientAddress: "x-client-ip", nonce: "x-csp-nonce" } as const;
const REQUEST_ID = /^[\w.-]{1,64}$/;

/**
 * Determines the `RequestInfo` and stores it in the request's headers for the routes.
 * `trustedHops` is the number of proxies in front: only the X-Forwarded-For entries that they appended are trusted.
 */
export function identify(request: IncomingMessage, trustedHops: number, isPage = true): RequestInfo {
  const sentId = request.headers[HEADERS.id];
  const info: RequestInfo = {
    id: typeof sentId === "string" && REQUEST_ID.test(sentId) ? sentId : randomUUID(),
    // Without the zone of a link-local address, which names a network card of ours: Better Auth could not read it.
    clientAddress: addressOf(request, trustedHops).replace(/^::ffff:|%.*$/g, ""),
    nonce: isPage ? randomBytes(16).toString("base64url") : "",
  };
  for (const [key, header] of Object.entries(HEADERS)) request.headers[header] = info[key as keyof RequestInfo];
  return info;
}

/** Empty after the client disconnected: a closed socket has no address. */
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
