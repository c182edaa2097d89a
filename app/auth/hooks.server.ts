import type { BetterAuthOptions } from "better-auth";
import { APIError, createAuthMiddleware, getSessionFromCtx, isAPIError } from "better-auth/api";
import { z } from "zod";
import { type AuthEvent, type EventSource, recordAuthEvent } from "#app/auth/events.server.ts";
import { accountKey } from "#app/auth/known-browser.server.ts";
import { NewPassword } from "#app/auth/new-password.server.ts";
import { acceptPassword, type HookContext, passwordTryRefusal } from "#app/auth/password-hooks.server.ts";
import { Email, Image, Name } from "#app/auth/sign-in-form.ts";
import { type Ban, isBanned } from "#app/auth/user.server.ts";

export const hooks = {
  before: createAuthMiddleware(async (ctx) => {
    rejectInvalidInput(ctx);
    const user = await requireUnbanned(ctx);
    const refusal = await passwordTryRefusal(ctx, user?.email);
    if (!refusal) return;
    // After-hooks don't run when a before-hook throws.
    await recordEvent(ctx, refusal);
    throw refusal;
  }),
  after: createAuthMiddleware(async (ctx) => {
    await recordEvent(ctx, ctx.context.returned);
    await acceptPassword(ctx);
    // Not "storage": drafts that could not be sent yet are there.
    if (ctx.path === "/sign-out") ctx.setHeader("Clear-Site-Data", '"cache"');
    return hideBannedSession(ctx);
  }),
};

/** A sign-out is recorded when its session is deleted: after the endpoint, the context no longer names a user. */
export const databaseHooks = {
  session: {
    delete: {
      async after({ userId }, ctx) {
        if (ctx?.path === "/sign-out") await recordAuthEvent({ event: "auth.sign_out", userId }, sourceOf(ctx.headers));
      },
    },
  },
} satisfies BetterAuthOptions["databaseHooks"];

const INPUT_RULES: Record<string, z.ZodType> = {
  "/sign-up/email": z.object({
    name: Name.optional(),
    email: Email.optional(),
    image: Image.nullish(),
    password: NewPassword.optional(),
  }),
  "/change-password": z.object({ newPassword: NewPassword.optional() }),
};

/** Better Auth passes its input on to Postgres, which cannot store U+0000: unchecked, that would be a 500. */
function rejectInvalidInput({ path, body, query }: HookContext): void {
  if (hasNul(body) || hasNul(query)) throw validationError("U+0000 is not allowed");
  const { error } = INPUT_RULES[path]?.safeParse(body ?? {}) ?? {};
  if (error) throw validationError(error.issues[0]?.message ?? "");
}

function validationError(message: string): APIError {
  return new APIError("BAD_REQUEST", { code: "VALIDATION_ERROR", message });
}

/** Iterative: input may be nested deeper than the call stack allows. */
function hasNul(input: unknown): boolean {
  const stack = [input];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value === "string" && value.includes("\0")) return true;
    if (typeof value === "object" && value !== null) for (const part of Object.entries(value).flat()) stack.push(part);
  }
  return false;
}

/** Endpoints that need no session, or end one. The result of `/get-session` is checked afterwards instead. */
const OPEN_TO_BANNED = /^\/(sign-in\/|sign-up\/|sign-out$|get-session$)/;

/** Better Auth checks for a ban only when a session begins; this rejects sessions that are older than the ban. */
async function requireUnbanned(ctx: HookContext): Promise<{ email: string } | undefined> {
  if (!ctx.headers?.has("Cookie") || OPEN_TO_BANNED.test(ctx.path)) return undefined;
  const session = await getSessionFromCtx(ctx, { disableRefresh: true });
  if (session && isBanned(session.user as Ban)) throw new APIError("UNAUTHORIZED", { code: "UNAUTHORIZED", message: "Unauthorized" });
  // Let the endpoint load the session again: it may extend it.
  ctx.context.session = null;
  return session?.user;
}

function hideBannedSession({ path, context, json }: HookContext) {
  if (path !== "/get-session") return undefined;
  const session = context.returned as { user?: Ban } | null | undefined;
  return session?.user && isBanned(session.user) ? json(null) : undefined;
}

async function recordEvent(ctx: HookContext, returned: unknown): Promise<void> {
  const event = eventOf(ctx, returned);
  if (event) await recordAuthEvent(event, sourceOf(ctx.headers));
}

function eventOf(ctx: HookContext, returned: unknown): AuthEvent | undefined {
  const { newSession, session } = ctx.context;
  const failure = isAPIError(returned) ? String(returned.body?.code ?? returned.status).toLowerCase() : undefined;
  const userId = newSession?.user.id ?? session?.user.id;
  switch (ctx.path) {
    case "/sign-up/email":
      return failure || !userId ? undefined : { event: "auth.sign_up", userId };
    case "/sign-in/email":
      if (failure) return { event: "auth.sign_in_failed", account: accountKey(ctx.body?.email), reason: failure };
      return userId ? { event: "auth.sign_in", userId } : undefined;
    case "/change-password":
      return failure || !userId ? undefined : { event: "auth.password_changed", userId };
    case "/token":
      return failure || !userId ? undefined : { event: "auth.token_issued", userId, by: "session" };
    default:
      return undefined;
  }
}

/** server.ts sets both headers on every request. */
function sourceOf(headers: Headers | undefined): EventSource {
  return { id: headers?.get("x-request-id") ?? "", clientAddress: headers?.get("x-client-ip") ?? "" };
}
