import { APIError, type createAuthMiddleware, isAPIError } from "better-auth/api";
import { accountKey, browserKey, rememberAccount } from "#app/auth/known-browser.server.ts";
import { forgetPasswordTries, returnPasswordTry, takePasswordTry } from "#app/auth/password-tries.server.ts";
import { cookiePrefix } from "#app/auth/session-cookie.ts";
import { compensateFailure } from "#app/db/failures.ts";
import { env } from "#app/env.server.ts";

export type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

const SIGN_IN = "/sign-in/email";
/** The endpoints that verify a password. */
const VERIFYING = [SIGN_IN, "/change-password", "/verify-password"];

const COOKIE = `${cookiePrefix(env.BETTER_AUTH_URL)}.known_browser`;
/** Seconds: the longest that browsers allow (RFC 6265bis, section 5.5). */
const COOKIE_LIFETIME = 400 * 24 * 60 * 60;

/**
 * Counts a try of a password, before it is verified. Returns the refusal after too many wrong ones for the address. A browser that
 * has signed in to the account has a count of its own: the tries of others don't lock its user out. A try that a fault
 * of the database leaves unanswered does not count.
 * `signedInAs` is the address of the session's user.
 */
export async function passwordTryRefusal(ctx: HookContext, signedInAs: string | undefined): Promise<APIError | undefined> {
  const email: unknown = ctx.path === SIGN_IN ? ctx.body?.email : signedInAs;
  if (!VERIFYING.includes(ctx.path) || typeof email !== "string") return undefined;
  const account = accountKey(email);
  const ofBrowser = browserKey(account, ctx.getCookie(COOKIE));
  const key = ofBrowser ?? account;
  const seconds = await takePasswordTry(key);
  if (seconds === 0) compensateFailure(() => returnPasswordTry(key));
  return seconds > 0 ? tooManyTries(seconds, ctx.path === SIGN_IN && !ofBrowser) : undefined;
}

function tooManyTries(seconds: number, isUnknownBrowser: boolean): APIError {
  const retry = `Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  const elsewhere = isUnknownBrowser ? ", or in a browser where you have logged in before" : "";
  const message = `There were too many wrong passwords for this e-mail. ${retry}${elsewhere}.`;
  const headers = { "Retry-After": String(seconds), "X-Retry-After": String(seconds) };
  return new APIError("TOO_MANY_REQUESTS", { code: "TOO_MANY_PASSWORD_TRIES", message }, headers);
}

/** After a right password, or a sign-up: forgets the wrong ones and lets the browser keep a count of its own. */
export async function acceptPassword(ctx: HookContext): Promise<void> {
  const { newSession, session, returned } = ctx.context;
  const email = (newSession ?? session)?.user.email;
  if (!email || isAPIError(returned) || ![...VERIFYING, "/sign-up/email"].includes(ctx.path)) return;
  const account = accountKey(email);
  const cookie = ctx.getCookie(COOKIE);
  // Not after a sign-up, which has committed: it must not fail any more.
  if (VERIFYING.includes(ctx.path)) await forgetPasswordTries(browserKey(account, cookie) ?? account);
  const secure = env.BETTER_AUTH_URL.startsWith("https:");
  const attributes = { httpOnly: true, sameSite: "lax", path: "/", maxAge: COOKIE_LIFETIME, secure } as const;
  ctx.setCookie(COOKIE, rememberAccount(account, cookie), attributes);
}
