import { createAuthMiddleware } from "better-auth/api";
import { refuseBanned, withoutBanned } from "#app/auth/ban.server.ts";
import { recordWhatHappened } from "#app/auth/events.server.ts";
import { refuseBadInput } from "#app/auth/input-rules.server.ts";

export type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** Around each of Better Auth's endpoints, whether it is called over HTTP or in-process. */
export const hooks = {
  before: createAuthMiddleware(async (ctx) => {
    refuseBadInput(ctx);
    await refuseBanned(ctx);
  }),
  after: createAuthMiddleware(async (ctx) => {
    await recordWhatHappened(ctx);
    return withoutBanned(ctx);
  }),
};
