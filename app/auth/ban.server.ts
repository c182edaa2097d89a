import { APIError, getSessionFromCtx } from "better-auth/api";
import type { HookContext } from "#app/auth/hooks.server.ts";
import { type Ban, isBanned } from "#app/auth/user.server.ts";

// Better Auth asks for a ban only when a session begins. A session that was there before opens nothing either.

/** Where no session is asked for, or where it ends; what `/get-session` finds is looked at afterwards. */
const OPEN = /^\/(sign-in\/|sign-up\/|sign-out$|get-session$)/;

/** Before an endpoint that acts for the user of a session: a banned user is refused like somebody without one. */
export async function refuseBanned(ctx: HookContext): Promise<void> {
  if (!ctx.headers?.has("Cookie") || OPEN.test(ctx.path)) return;
  const session = await getSessionFromCtx(ctx, { disableRefresh: true });
  if (session && isBanned(session.user as Ban)) throw new APIError("UNAUTHORIZED", { code: "UNAUTHORIZED", message: "Unauthorized" });
  // The endpoint looks for itself, and may prolong the session.
  ctx.context.session = null;
}

/** After `/get-session`, which pages ask too: a banned user has none. */
export function withoutBanned({ path, context, json }: HookContext) {
  if (path !== "/get-session") return undefined;
  const found = context.returned as { user?: Ban } | null | undefined;
  return found?.user && isBanned(found.user) ? json(null) : undefined;
}
