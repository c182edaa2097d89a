import { createContext, type MiddlewareFunction } from "react-router";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { recordAuthEvent } from "#app/auth/events.server.ts";
import { KeySetUnavailable } from "#app/auth/remote-key-set.server.ts";
import { allows, type Scope } from "#app/auth/scopes.ts";
import { requestInfoContext, userContext } from "#app/context.ts";
import { env } from "#app/env.server.ts";
import { oncePerKey } from "#app/http/idempotency.server.ts";
import { count, type Limit, limit, rateLimitedProblem, refund } from "#app/http/limits.server.ts";
import { tokenVerificationSeconds } from "#app/http/metrics.server.ts";
import { Problem } from "#app/http/problem.ts";
import { catchProblems } from "#app/http/resource.ts";
import { unavailableProblem } from "#app/http/unavailable.server.ts";
import { noteInRequest } from "#app/log.server.ts";

export const tokenContext = createContext<{ scopes: Scope[]; expiresAt: Date }>();

const reads = limit("reads", env.API_READS_PER_MINUTE);
const writes = limit("writes", env.API_WRITES_PER_MINUTE);
/** Reads at the limit that may turn out to be a 304. */
const revalidations = limit("revalidations", env.API_READS_PER_MINUTE);

type ApiMiddleware = MiddlewareFunction<Response>;
type ApiArgs = Parameters<ApiMiddleware>[0];

/**
 * Requires a valid bearer token and sets `userContext` and `tokenContext`. The path's `{user_id}` must be the token's
 * `sub` or the word `me`. Counts the request against the user's rate limits; a 304 is free. OPTIONS needs no token.
 */
export const requireBearerToken: ApiMiddleware = (args, next) =>
  catchProblems(args.context, async () => {
    if (args.request.method === "OPTIONS") return next();
    const { user, scopes, expiresAt } = await requireVerified(args);
    args.context.set(userContext, user);
    noteInRequest({ user_id: user.id });
    args.context.set(tokenContext, { scopes, expiresAt });
    const isOwn = [undefined, "me", user.id].includes(args.params.userId);
    const { id } = args.context.get(requestInfoContext);
    return withinLimit(args.request, user.id, async () => (isOwn ? next() : new Problem("user_mismatch").toResponse(id)));
  });

async function withinLimit(request: Request, userId: string, respond: () => Promise<Response>): Promise<Response> {
  const requestLimit = limitFor(request);
  const counted = await count(requestLimit, userId);
  if (counted.isAllowed) {
    const response = await respond();
    return withHeaders(response, response.status === 304 ? await refund(requestLimit, userId) : counted.headers);
  }
  const unchanged = request.headers.has("If-None-Match") && requestLimit === reads ? await revalidate(userId, respond) : undefined;
  if (!unchanged) throw rateLimitedProblem(requestLimit, counted);
  return withHeaders(unchanged, counted.headers);
}

/** The response if it is a 304. Other responses are counted, as they take as much work: beyond the limit nothing is tried. */
async function revalidate(userId: string, respond: () => Promise<Response>): Promise<Response | undefined> {
  if (!(await count(revalidations, userId)).isAllowed) return undefined;
  const response = await respond();
  if (response.status === 304) {
    await refund(revalidations, userId);
    return response;
  }
  await response.body?.cancel();
  return undefined;
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  // A route with a limit of its own has set these already.
  for (const [name, value] of Object.entries(headers)) if (!response.headers.has(name)) response.headers.set(name, value);
  return response;
}

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
