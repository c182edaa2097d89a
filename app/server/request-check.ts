import type { IncomingMessage } from "node:http";
import { Problem } from "#app/http/problem.ts";
import { bodyLimit } from "#app/server/request-body.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** A name or address with an optional port (RFC 9110, section 7.2): nothing that a URL would parse as user info or a path. */
const HOST = /^[^\s/?#@\\]*$/;
/** RFC 9110, section 15.5.16. */
const UNENCODED = { detail: "A body is taken as it is, without a Content-Encoding", headers: { "Accept-Encoding": "identity" } };

export function checkRequest(request: IncomingMessage): Problem | undefined {
  const { method = "", url = "", headers } = request;
  if (!METHODS.has(method)) return new Problem("method_not_allowed", { headers: { Allow: [...METHODS].join(", ") } });
  const { host = "" } = headers;
  if (!url.startsWith("/") || !HOST.test(host) || !URL.canParse(`http://${host}${url}`)) return new Problem("malformed_request");
  if (Number(headers["content-length"] ?? 0) > bodyLimit(request)) return new Problem("body_too_large");
  if ((headers["content-encoding"] ?? "identity") !== "identity") return new Problem("unsupported_media_type", UNENCODED);
  return undefined;
}
