/**
 * `origin` is BETTER_AUTH_URL. Over https the prefix makes browsers refuse a cookie of that name from another host of the
 * domain or from plain http (RFC 6265bis, section 4.1.3.2).
 */
export function cookiePrefix(origin: string): string {
  return origin.startsWith("https:") ? "__Host-doable" : "doable";
}

export function sessionCookieName(origin: string): string {
  return `${cookiePrefix(origin)}.session_token`;
}
