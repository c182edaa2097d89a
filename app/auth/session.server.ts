import { sql } from "kysely";
import { type MiddlewareFunction, type RouterContextProvider, redirect } from "react-router";
import { auth } from "#app/auth/auth.server.ts";
import { callAuth } from "#app/auth/call-auth.ts";
import { type EventSource, recordAuthEvent } from "#app/auth/events.server.ts";
import { endTokens, toUserRef } from "#app/auth/user.server.ts";
import { requestInfoContext, sessionUserContext, type UserRef, userContext } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { isWriteRefused } from "#app/db/errors.ts";
import { writesOf } from "#app/db/user-connections.server.ts";
import { env } from "#app/env.server.ts";
import { unavailablePage, unavailableReason } from "#app/http/unavailable.server.ts";
import { log, noteInRequest } from "#app/log.server.ts";

type PageMiddleware = MiddlewareFunction<Response>;

export const requireSession: PageMiddleware = async ({ request, url, context }, next) => {
  const { user, cookies } = await findSession(request);
  if (!user) throw redirect(`/login?${new URLSearchParams({ redirectTo: url.pathname + url.search })}`);
  context.set(userContext, user);
  return withCookies(await next(), cookies);
};

export const optionalSession: PageMiddleware = async ({ request, context }, next) => {
  const { user, cookies } = await findSession(request);
  context.set(sessionUserContext, user);
  return withCookies(await next(), cookies);
};

async function findSession(request: Request): Promise<{ user: UserRef | undefined; cookies: string[] }> {
  if (!request.headers.has("Cookie")) return { user: undefined, cookies: [] };
  const { response, headers } = await readSession(request).catch((error) => {
    log.warn({ event: "auth.session_unreadable", reason: String(error) }, "a session could not be read");
    throw unavailablePage(unavailableReason(error));
  });
  const user = response ? toUserRef(response.user) : undefined;
  if (user) noteInRequest({ user_id: user.id });
  return { user, cookies: headers.getSetCookie() };
}

/** Without extending the session where the database only reads. */
async function readSession({ headers }: Request) {
  const read = (query: { disableRefresh: boolean }) => callAuth(() => auth().api.getSession({ headers, query, returnHeaders: true }));
  return read({ disableRefresh: false }).catch((error) => {
    if (isWriteRefused(error)) return read({ disableRefresh: true });
    throw error;
  });
}

/** Better Auth extends a session by setting its cookie again. Cookies of the response itself win: it may have ended the session. */
function withCookies(response: Response, cookies: string[]): Response {
  const set = new Set(response.headers.getSetCookie().map(cookieName));
  for (const cookie of cookies) if (!set.has(cookieName(cookie))) response.headers.append("Set-Cookie", cookie);
  return response;
}

function cookieName(cookie: string): string | undefined {
  return cookie.split("=", 1)[0];
}

/** Ends every session and every token of the user, from the next request on. Access keys stay. */
export async function signOutEverywhere(user: Pick<UserRef, "id">, source: EventSource): Promise<void> {
  await writesOf(user.id).deleteFrom("session").where("userId", "=", user.id).execute();
  await endTokens(user.id);
  await recordAuthEvent({ event: "auth.sign_out_everywhere", userId: user.id }, source);
}

/**
 * Posts to a Better Auth endpoint as a browser would: in-process calls of `auth().api` skip its rate limits.
 * The origin must have been checked already, as React Router does before every action.
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
  const post = new Request(`${env.BETTER_AUTH_URL}/api/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return callAuth(() => auth().handler(post.clone()));
}

export async function deleteExpiredSessions(): Promise<void> {
  await sql`delete from session where expires_at < now()`.execute(db);
  await sql`delete from rate_limit where last_request < extract(epoch from now() - interval '1 day') * 1000`.execute(db);
}
