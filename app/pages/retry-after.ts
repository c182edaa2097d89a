import type { HeadersArgs } from "react-router";

/** The layout's headers, and the `Retry-After` of an action that was rate limited. */
export function headers({ parentHeaders, actionHeaders }: HeadersArgs): Headers {
  const all = new Headers(parentHeaders);
  const wait = actionHeaders.get("Retry-After");
  if (wait) all.set("Retry-After", wait);
  return all;
}
