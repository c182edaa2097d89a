import { createHash } from "node:crypto";
import { entityTag, isNotModified } from "#app/http/conditional.ts";

const REVALIDATE = { "Cache-Control": "private, no-cache" };

interface JsonInit {
  status?: number;
  headers?: Record<string, string>;
}

/** JSON that only the user's own cache may store, and must revalidate. */
export function jsonResponse(body: unknown, init: JsonInit = {}): Response {
  return textResponse(JSON.stringify(body), init);
}

function textResponse(text: string, init: JsonInit): Response {
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

/** JSON with an entity tag made of its content; 304 if the request's If-None-Match lists that tag. */
export function hashedJsonResponse(request: Request, body: unknown, headers: Record<string, string> = {}): Response {
  const text = JSON.stringify(body);
  const version = createHash("sha256").update(text).digest("base64url").slice(0, 22);
  const ETag = entityTag(version);
  return isNotModified(request, version) ? notModifiedResponse(ETag) : textResponse(text, { headers: { ETag, ...headers } });
}

/** JSON that is the same for every client: cacheable for five minutes, then revalidated by its entity tag. */
export function publicJsonResponse(request: Request, body: unknown): Response {
  const response = hashedJsonResponse(request, body);
  response.headers.set("Cache-Control", "public, max-age=300");
  return response;
}
