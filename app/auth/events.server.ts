import { createHash } from "node:crypto";
import type { BetterAuthOptions } from "better-auth";
import { isAPIError } from "better-auth/api";
import type { HookContext } from "#app/auth/hooks.server.ts";
import type { RequestInfo } from "#app/context.ts";
import { type Counter, counter } from "#app/http/limits.server.ts";
import { log } from "#app/log.server.ts";
import { signIns } from "#app/http/metrics.server.ts";

type Origin = Pick<RequestInfo, "id" | "clientAddress">;

type AuthEvent =
  | { event: "auth.sign_up" | "auth.sign_in" | "auth.sign_out" | "auth.password_changed"; userId: string }
  | { event: "auth.sign_in_failed"; account: string; reason: string }
  | { event: "auth.token_issued"; userId: string; by: "session" | "access_key" }
  | { event: "auth.token_refused" | "auth.access_key_refused"; reason: string }
  | { event: "auth.access_key_made" | "auth.access_key_revoked"; userId: string; keyId: string };

/** Ten failures of one address, or of one account, in five minutes. */
const failures = counter("failures", 10, 5 * 60);
/** Tokens refused to anyone, in one minute. */
const refusals = counter("refusals", 50, 60);

/** One line in the log for each thing that happens to an account or a token, and a warning when the bad ones pile up. */
export async function recordAuthEvent(happened: AuthEvent, origin: Origin): Promise<void> {
  const { event, ...fields } = happened;
  log.info({ event, request_id: origin.id, client_address: origin.clientAddress, ...snakeCase(fields) }, event);
  if (event === "auth.sign_in") signIns.inc({ outcome: "ok" });
  if (event === "auth.sign_in_failed") {
    signIns.inc({ outcome: happened.reason });
    await count(failures, "address", origin.clientAddress, "sign-ins from one address keep failing");
    await count(failures, "account", happened.account, "sign-ins to one account keep failing");
  }
  if (event === "auth.token_refused" || event === "auth.access_key_refused") {
    await count(refusals, "refused", "tokens", "tokens are being refused in a burst");
  }
}

async function count(limiter: Counter, kind: string, value: string, message: string): Promise<void> {
  const { consumedPoints } = await limiter.penalty(`${kind}:${value}`);
  // Once a window: the warning must not become a flood of its own.
  if (consumedPoints === limiter.points) log.warn({ event: "auth.alert", [kind]: value, count: consumedPoints }, message);
}

function snakeCase(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}

/** After each of Better Auth's endpoints, also after those that failed. */
export async function recordWhatHappened(ctx: HookContext): Promise<void> {
  const event = eventOf(ctx);
  if (event) await recordAuthEvent(event, originOf(ctx.headers));
}

/** When a sign-out is over there is no session left to say whose it was: it is told by the session that goes. */
export const databaseHooks = {
  session: {
    delete: {
      async after({ userId }, ctx) {
        if (ctx?.path === "/sign-out") await recordAuthEvent({ event: "auth.sign_out", userId }, originOf(ctx.headers));
      },
    },
  },
} satisfies BetterAuthOptions["databaseHooks"];

function eventOf(ctx: HookContext): AuthEvent | undefined {
  const { newSession, session, returned } = ctx.context;
  const failure = isAPIError(returned) ? String(returned.body?.code ?? returned.status).toLowerCase() : undefined;
  const userId = newSession?.user.id ?? session?.user.id;
  switch (ctx.path) {
    case "/sign-up/email":
      return failure || !userId ? undefined : { event: "auth.sign_up", userId };
    case "/sign-in/email":
      if (failure) return { event: "auth.sign_in_failed", account: pseudonym(ctx.body?.email), reason: failure };
      return userId ? { event: "auth.sign_in", userId } : undefined;
    case "/change-password":
      return failure || !userId ? undefined : { event: "auth.password_changed", userId };
    case "/token":
      return failure || !userId ? undefined : { event: "auth.token_issued", userId, by: "session" };
    default:
      return undefined;
  }
}

/** server.ts writes both headers on every request. */
function originOf(headers: Headers | undefined): Origin {
  return { id: headers?.get("x-request-id") ?? "", clientAddress: headers?.get("x-client-ip") ?? "" };
}

/** Tells one account from another in the log, without the address, or the password that somebody typed in its place. */
function pseudonym(email: unknown): string {
  const account = typeof email === "string" ? email.trim().toLowerCase() : "";
  return createHash("sha256").update(account).digest("hex").slice(0, 16);
}
