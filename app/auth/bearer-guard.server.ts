import { createContext, type MiddlewareFunction } from "react-router";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { recordAuthEvent } from "#app/auth/events.server.ts";
import { KeySetUnavailable } from "#app/auth/remote-key-set.server.ts";
import { allows, type Scope } from "#app/auth/scopes.ts";
import { requestInfoContext, userContext } from "#app/context.ts";
import { env } from "#app/env.server.ts";
import { oncePerKey } from "#app/http/idempotency.server.ts";
import { consume, type Limit, limit, refund } from "#app/http/limits.server.ts";
import { tokenVerificationSeconds } from "#app/http/metrics.server.ts";
import { Problem } from "#app/http/problem.ts";
import { catchProblems } from "#app/http/resource.ts";
import { unavailableProblem } from "#app/http/unavailable.server.ts";
import { noteInRequest } from "#app/log.server.ts";

export const tokenContext = createContext<{ scopes: Scope[]; expiresAt: Date }>();

const reads = limit("reads", env.API_READS_PER_MINUTE);
const writes = limit("writes", env.API_WRITES_PER_MINUTE);

type ApiMiddleware = MiddlewareFunction<Response>;
type ApiArgs = Parameters<ApiMiddleware>[0];

/**
 * Requires a valid bearer token and sets `userContext` and `tokenContext`. The path's `{user_id}` must be the token's
 * `sub` or the word `me`. Counts the request against the user's rate limits. OPTIONS needs no token.
 */
export const requireBearerToken: ApiMiddleware = (args, next) =>
  catchProblems(args.context, async () => {
    if (args.request.method === "OPTIONS") return next();
    const { user, scopes, expiresAt } = await requireVerified(args);
    args.context.set(userContext, user);
    noteInRequest({ user_id: user.id });
    args.context.set(tokenContext, { scopes, expiresAt });
    const requestLimit = limitFor(args.request);
    const rateLimit = await consume(requestLimit, user.id);
    const isOwn = [undefined, "me", user.id].includes(args.params.userId);
    const response = isOwn ? await next() : new Problem("user_mismatch").toResponse(args.context.get(requestInfoContext).id);
    if (response.status === 304) await refund(requestLimit, user.id);
    // A route with a limit of its own has set these headers already.
    for (const [name, value] of Object.entries(rateLimit)) if (!response.headers.has(name)) response.headers.set(name, value);
    return response;
  });

async function requireVerified({ request, context }: ApiArgs) {
  const authorization = request.headers.get("Authorization");
  if (authorization === null) throw unauthorized(false);
  // The scheme is case-insensitive (RFC 9110, section 11.1); the token is a b64token (RFC 6750, section 2.1).
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1] ?? "";
  const stopTimer = tokenVerificationSeconds.startTimer();
  const verification = await verifyBearerToken(token).catch((error) => {
    stopTimer({ outcome: "unavailable" });
    throw error instanceof KeySetUnavailable ? unavailableProblem("key_set") : error;
  });
  stopTimer({ outcome: verification.success ? "ok" : verification.reason });
  if (verification.success) return verification;
  await recordAuthEvent({ event: "auth.token_refused", reason: verification.reason }, context.get(requestInfoContext));
  throw unauthorized(true);
}

/** The same 401 for every reason (RFC 6750, section 3.1). */
export function unauthorized(hasToken: boolean, detail = ""): Problem {
  const challenge = `Bearer realm="doable"${hasToken ? ', error="invalid_token"' : ""}`;
  return new Problem("unauthorized", { detail, headers: { "WWW-Authenticate": challenge } });
}

export function limitFor({ method }: Pick<Request, "method">): Limit {
  return ["GET", "HEAD"].includes(method) ? reads : writes;
}

/** Wraps a handler to require the scope, and to run a POST at most once per Idempotency-Key. */
export function scoped<Args extends Pick<ApiArgs, "context" | "request" | "url">>(
  scope: Scope,
  handler: (args: Args) => Promise<Response> | Response,
) {
  return (args: Args): Promise<Response> | Response => {
    if (allows(args.context.get(tokenContext).scopes, scope)) {
      return args.request.method === "POST" ? oncePerKey(args, handler) : handler(args);
    }
    const challenge = `Bearer realm="doable", error="insufficient_scope", scope="${scope}"`;
    throw new Problem("insufficient_scope", { headers: { "WWW-Authenticate": challenge } });
  };
}
