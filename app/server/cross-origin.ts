import type { IncomingMessage } from "node:http";

/** `/api/me`, and all that stands below a user's part; not the sessions' own endpoints, and not what anybody may read anyway. */
const OPEN = /^\/api\/(me|(?!auth\/)[^/?#]+\/[^?#]*)(?=[?#]|$)/;

const EXPOSED = "ETag, Location, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Idempotency-Replayed";

const PREFLIGHT = {
  "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
  "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, X-Request-Id",
  "Access-Control-Max-Age": "7200",
};

type Asked = Pick<IncomingMessage, "method" | "url" | "headers">;

/**
 * What lets pages of these origins read an answer, a refusal as well (the Fetch standard, section 3.3). Never with
 * credentials: a cookie opens nothing here, the page must bring a token.
 */
export function crossOriginHeaders({ url = "", headers }: Asked, origins: readonly string[]): Record<string, string> {
  if (origins.length === 0 || !OPEN.test(url)) return {};
  const { origin } = headers;
  if (!origin || !origins.includes(origin)) return { Vary: "Origin" };
  return { Vary: "Origin", "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": EXPOSED };
}

/** The answer to a browser that asks first whether it may, which it does without a token; `undefined` for any other request. */
export function preflightHeaders(asked: Asked, origins: readonly string[]): Record<string, string> | undefined {
  const isPreflight = asked.method === "OPTIONS" && asked.headers["access-control-request-method"] !== undefined;
  const allowed = isPreflight ? crossOriginHeaders(asked, origins) : {};
  if (!("Access-Control-Allow-Origin" in allowed)) return undefined;
  const { "Access-Control-Expose-Headers": _, ...rest } = allowed;
  return { ...rest, ...PREFLIGHT };
}
