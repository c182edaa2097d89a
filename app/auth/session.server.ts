import { data, type MiddlewareFunction, type RouterContextProvider, redirect } from "react-router";
import { auth } from "#app/auth/auth.server.ts";
import { toUserRef } from "#app/auth/user.server.ts";
import { requestInfoContext, sessionUserContext, type UserRef, userContext } from "#app/context.ts";
import { isUnavailable } from "#app/db/unavailable.ts";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

type PageMiddleware = MiddlewareFunction<Response>;

/** Lets a signed-in person through, as `userContext`; everybody else goes to /login and comes back afterwards. */
export const requireSession: PageMiddleware = async ({ request, url, context }, next) => {
  const { user, cookies } = await findSession(request);
  if (!user) throw redirect(`/login?${new URLSearchParams({ redirectTo: url.pathname + url.search })}`);
  context.set(userContext, user);
  return withCookies(await next(), cookies);
};

/** For pages that are for everybody: `sessionUserContext` says who is signed in, if anybody is. */
export const optionalSession: PageMiddleware = async ({ request, context }, next) => {
  const { user, cookies } = await findSession(request);
  context.set(sessionUserContext, user);
  return withCookies(await next(), cookies);
};

async function findSession(request: Request): Promise<{ user: UserRef | undefined; cookies: string[] }> {
  if (!request.headers.has("Cookie")) return { user: undefined, cookies: [] };
  const { response, headers } = await auth.api.getSession({ headers: request.headers, returnHeaders: true }).catch((error) => {
    log.warn({ event: "auth.session_unreadable", reason: String(error) }, "a session could not be read");
    throw data(null, { status: 503, headers: { "Retry-After": "5" } });
  });
  return { user: response ? toUserRef(response.user) : undefined, cookies: headers.getSetCookie() };
}

/** A session that was prolonged must reach the browser. */
function withCookies(response: Response, cookies: string[]): Response {
  for (const cookie of cookies) response.headers.append("Set-Cookie", cookie);
  return response;
}

/**
 * Posts to an endpoint of Better Auth as the browser would: in-process calls of `auth.api` would skip
 * its rate limits. The caller has checked the origin, as React Router does before every action.
 */
export function postToAuth(
  path: "/sign-up/email" | "/sign-in/email" | "/sign-out" | "/change-password",
  { request, context }: { request: Request; context: Readonly<RouterContextProvider> },
  body: Record<string, string | boolean> = {},
): Promise<Response> {
  const { id, clientAddress } = context.get(requestInfoContext);
  const headers = new Headers({
    "Content-Type": "application/json",
    Origin: env.BETTER_AUTH_URL,
    "X-Client-IP": clientAddress,
    "X-Request-Id": id,
    "User-Agent": request.headers.get("User-Agent") ?? "",
    Cookie: request.headers.get("Cookie") ?? "",
  });
  const posted = new Request(`${env.BETTER_AUTH_URL}/api/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return auth.handler(posted).catch((error) => {
    // Better Auth answers most faults itself, but reading its rate limits throws.
    if (isUnavailable(error)) throw data(null, { status: 503, headers: { "Retry-After": "5" } });
    throw error;
  });
}
