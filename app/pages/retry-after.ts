import type { HeadersArgs } from "react-router";

/** What the layout says, and how long to wait where there were too many tries. */
export function headers({ parentHeaders, actionHeaders }: HeadersArgs): Headers {
  const all = new Headers(parentHeaders);
  const wait = actionHeaders.get("Retry-After");
  if (wait) all.set("Retry-After", wait);
  return all;
}
