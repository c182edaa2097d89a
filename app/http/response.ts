import { createHash } from "node:crypto";
import { entityTag, isNotModified } from "#app/http/conditional.ts";

const ASK_AGAIN = { "Cache-Control": "private, no-cache" };

/** JSON that a browser or proxy may keep only to ask again with its entity tag. */
export function jsonResponse(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  const text = JSON.stringify(body);
  return new Response(text, {
    status: init.status ?? 200,
    headers: {
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(text)),
      ...ASK_AGAIN,
      ...init.headers,
    },
  });
}

/** The caller has it already: the fields of the answer without its content (RFC 9110, section 15.4.5). */
export function notModifiedResponse(ETag: string): Response {
  return new Response(null, { status: 304, headers: { ETag, ...ASK_AGAIN } });
}

/** JSON that is the same for everybody: kept for five minutes, and then asked for again by its entity tag. */
export function publicJsonResponse(request: Request, body: unknown): Response {
  const version = createHash("sha256").update(JSON.stringify(body)).digest("base64url").slice(0, 22);
  const headers = { ETag: entityTag(version), "Cache-Control": "public, max-age=300" };
  return isNotModified(request, version) ? new Response(null, { status: 304, headers }) : jsonResponse(body, { headers });
}
