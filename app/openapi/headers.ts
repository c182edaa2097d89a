export const HEADERS = {
  "X-Request-Id": {
    description: "Identifies this request in the server's log. A client may send its own.",
    example: "0199a3c2-5c0e-7d4e-9a53",
  },
  ETag: { description: "The version of the resource. Send it back as If-Match or If-None-Match.", example: '"7"' },
  Location: { description: "Where the new resource is.", example: "/api/me/tasks/0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001" },
  Link: { description: "The next page, where there is one (RFC 8288).", example: '</api/me/tasks?cursor=eyJ>; rel="next"' },
  "RateLimit-Policy": { description: "The quota, and its window in seconds.", example: '"writes";q=120;w=60' },
  RateLimit: { description: "How many requests are left, and in how many seconds there are more.", example: '"writes";r=119;t=42' },
  "Retry-After": { description: "How many seconds to wait.", example: "5" },
  "WWW-Authenticate": { description: "What the token lacks (RFC 6750).", example: 'Bearer realm="doable", error="invalid_token"' },
  "Idempotency-Replayed": { description: "This is the response to the first request with the key.", example: "true" },
  "Content-Disposition": { description: "A name for the file.", example: 'attachment; filename="doable-2026-11-21.json"' },
  "Cache-Control": { description: "How long the response may be cached.", example: "public, max-age=300" },
} as const;

export type HeaderName = keyof typeof HEADERS;

export const headerComponents = Object.fromEntries(
  Object.entries(HEADERS).map(([name, { description, example }]) => [name, { description, schema: { type: "string" }, example }]),
);

export function headerRefs(names: HeaderName[]) {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
