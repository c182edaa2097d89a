import { createHash } from "node:crypto";
import { entityTag, isNotModified } from "#app/http/conditional.ts";

const REVALIDATE = { "Cache-Control": "private, no-cache" };

/** JSON that only the user's own cache may store, and must revalidate. */
export function jsonResponse(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  const text = JSON.stringify(body);
  return new Response(text, {
    status: init.status ?? 200,
    headers: {
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(text)),
      ...REVALIDATE,
      ...init.headers,
    },
  });
}

/** JSON of one moment for one page, which no cache stores: a shared computer's would outlive the session. */
export function unstoredJsonResponse(body: unknown): Response {
  return jsonResponse(body, { headers: { "Cache-Control": "private, no-store" } });
}

/** 304 with the headers that the 200 would have (RFC 9110, section 15.4.5). */
export function notModifiedResponse(ETag: string): Response {
  return new Response(null, { status: 304, headers: { ETag, ...REVALIDATE } });
}

/** JSON that is the same for every client: cacheable for five minutes, then revalidated by its entity tag. */
export function publicJsonResponse(request: Request, body: unknown): Response {
  const version = createHash("sha256").update(JSON.stringify(body)).digest("base64url").slice(0, 22);
  const headers = { ETag: entityTag(version), "Cache-Control": "public, max-age=300" };
  return isNotModified(request, version) ? new Response(null, { status: 304, headers }) : jsonResponse(body, { headers });
}
