import type { IncomingMessage } from "node:http";
import { Problem } from "#app/http/problem.ts";
import { bodyLimit } from "#app/server/request-body.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** A name or address with an optional port (RFC 9110, section 7.2): nothing that a URL would parse as user info or a path. */
const HOST = /^[^\s/?#@\\]+$/;
/** Node keeps the first of several and drops the others, where a proxy in front may have checked another one. */
const SINGLE_HEADERS = ["host", "authorization"];
/** RFC 9110, section 15.5.16. */
const UNENCODED = { detail: "A body is taken as it is, without a Content-Encoding", headers: { "Accept-Encoding": "identity" } };

/** The problem of a request that no route should see: unknown method, invalid target, invalid or repeated header, declared body too large or encoded. */
export function checkRequest(request: IncomingMessage): Problem | undefined {
  const { method = "", url = "", headers } = request;
  if (!METHODS.has(method)) return new Problem("method_not_allowed", { headers: { Allow: [...METHODS].join(", ") } });
  const { host = "" } = headers;
  if (SINGLE_HEADERS.some((name) => isRepeated(request, name))) return new Problem("malformed_request");
  if (!url.startsWith("/") || !HOST.test(host) || !URL.canParse(`http://${host}${url}`)) return new Problem("malformed_request");
  if (Number(headers["content-length"] ?? 0) > bodyLimit(request)) return new Problem("body_too_large");
  if ((headers["content-encoding"] ?? "identity") !== "identity") return new Problem("unsupported_media_type", UNENCODED);
  return undefined;
}

function isRepeated({ rawHeaders }: IncomingMessage, name: string): boolean {
  return rawHeaders.filter((raw, index) => index % 2 === 0 && raw.length === name.length && raw.toLowerCase() === name).length > 1;
}
