import { publicUrl } from "#app/http/public-url.ts";

/** `Link: rel="next"` (RFC 8288) to the page at the cursor; nothing on the last page. */
export function nextLink(url: URL, cursor: string | null): Record<string, string> {
  if (cursor === null) return {};
  const next = publicUrl(url.pathname + url.search);
  next.searchParams.set("cursor", cursor);
  return { Link: `<${next.href}>; rel="next"` };
}
