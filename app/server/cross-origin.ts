import type { IncomingMessage } from "node:http";

/** `/api/token`, `/api/me` and all paths of a user; not Better Auth's endpoints, and not the public documents. */
const CROSS_ORIGIN_PATH = /^\/api\/(token|me|(?!auth\/)[^/?#]+\/[^?#]*)(?=[?#]|$)/;

const EXPOSED_HEADERS = "ETag, Location, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Idempotency-Replayed";

const PREFLIGHT = {
  "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
  "Access-Control-Allow-Headers": "Authorization, X-API-Key, Content-Type, If-Match, If-None-Match, Idempotency-Key, X-Request-Id",
  "Access-Control-Max-Age": "7200",
};

type CorsRequest = Pick<IncomingMessage, "method" | "url" | "headers">;

/**
 * CORS headers that let pages of `origins` read responses, error responses included (Fetch standard, section 3.3).
 * Without credentials: cookies are not accepted here, so the page must send a token or an access key.
 */
export function crossOriginHeaders({ url = "", headers }: CorsRequest, origins: readonly string[]): Record<string, string> {
  if (origins.length === 0 || !CROSS_ORIGIN_PATH.test(url)) return {};
  const { origin } = headers;
  if (!origin || !origins.includes(origin)) return { Vary: "Origin" };
  return { Vary: "Origin", "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": EXPOSED_HEADERS };
}

/** A preflight carries no token. `undefined`: the request is no preflight, or its origin is not allowed. */
export function preflightHeaders(request: CorsRequest, origins: readonly string[]): Record<string, string> | undefined {
  const isPreflight = request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
  const allowed = isPreflight ? crossOriginHeaders(request, origins) : {};
  if (!("Access-Control-Allow-Origin" in allowed)) return undefined;
  const { "Access-Control-Expose-Headers": _, ...rest } = allowed;
  return { ...rest, ...PREFLIGHT };
}
