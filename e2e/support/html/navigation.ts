import type { APIRequestContext, APIResponse } from "@playwright/test";
import type { Submission } from "./submission.ts";

const MAX_REDIRECTS = 20;
const NAVIGATION = { Accept: "text/html", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" };

/** Follows redirects, as a browser does. `last` is the final request, to repeat for a reload. */
export async function navigate(
  request: Pick<APIRequestContext, "fetch">,
  asked: Submission,
  common: Record<string, string>,
): Promise<{ answer: APIResponse; last: Submission }> {
  let last = asked;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await send(request, last, common);
    const { location } = answer.headers();
    if (answer.status() < 300 || answer.status() > 399 || location === undefined) return { answer, last };
    const url = new URL(location, last.url).href;
    last = answer.status() < 307 ? { url, method: "GET" } : { ...last, url };
  }
  throw new Error(`${asked.url} redirects and redirects`);
}

function send(request: Pick<APIRequestContext, "fetch">, { url, method, body, contentType = "" }: Submission, common: object) {
  const headers: Record<string, string> = { ...NAVIGATION, ...common };
  if (method === "POST") Object.assign(headers, { Origin: new URL(url).origin, "Content-Type": contentType });
  return request.fetch(url, { method, headers, maxRedirects: 0, ...(body && { data: body }) });
}
