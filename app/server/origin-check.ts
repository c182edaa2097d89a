import type { IncomingMessage } from "node:http";

type Checked = Pick<IncomingMessage, "method" | "url" | "headers">;

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
/** Authorised by bearer tokens and access keys, which another site's page would have to have: open to all origins. */
const TOKEN_PATH = /^\/api\/(?!auth\/)/;

/**
 * Whether a request that a cookie may authorise comes from another site. `publicOrigin` is BETTER_AUTH_URL.
 * A page's own check in React Router compares hosts only, and skips routes without a component.
 * Better Auth compares the Origin of its endpoints itself.
 */
export function isCrossSite({ method = "", url = "", headers }: Checked, publicOrigin: string): boolean {
  if (SAFE_METHODS.has(method) || TOKEN_PATH.test(url)) return false;
  const isCrossSiteFetch = headers["sec-fetch-site"] === "cross-site";
  if (url.startsWith("/api/auth/")) return isCrossSiteFetch && headers.cookie !== undefined;
  return isCrossSiteFetch || (headers.origin !== undefined && !isOwnOrigin(headers.origin, headers.host, publicOrigin));
}

/** Scheme, host and port. A site that is not on https is also known by each name and address that it is reached under. */
function isOwnOrigin(origin: string, host: string | undefined, publicOrigin: string): boolean {
  return origin === publicOrigin || (publicOrigin.startsWith("http:") && origin === `http://${host}`);
}
