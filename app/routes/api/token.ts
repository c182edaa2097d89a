import { exchange, hashOf } from "#app/auth/access-keys.server.ts";
import { addressKey } from "#app/auth/address.ts";
import { unauthorized } from "#app/auth/bearer-guard.server.ts";
import { recordAuthEvent } from "#app/auth/events.server.ts";
import { exchangesByAddress, exchangesByKey } from "#app/auth/exchange-limits.server.ts";
import { readTokenRequest, tokenError } from "#app/auth/token-request.ts";
import { requestInfoContext } from "#app/context.ts";
import { consume } from "#app/http/limits.server.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import type { Route } from "./+types/token";

/** Exchanges an access key for an access token; the response follows RFC 6749, section 5.1. */
async function issue({ request, context }: Route.ActionArgs): Promise<Response> {
  const info = context.get(requestInfoContext);
  await consume(exchangesByAddress, addressKey(info.clientAddress));
  const { key, scopes, isGrant } = await readTokenRequest(request);
  if (!key) throw unauthorized(false, "Send an access key as X-API-Key");
  const rateLimit = await consume(exchangesByKey, await hashOf(key));
  const result = await exchange(key, scopes);
  if ("reason" in result) {
    await recordAuthEvent({ event: "auth.access_key_refused", reason: result.reason }, info);
    if (result.reason === "insufficient_scope") throw tokenError("invalid_scope", "The key does not have this scope");
    throw isGrant ? tokenError("invalid_client", "The key is not valid") : unauthorized(false);
  }
  await recordAuthEvent({ event: "auth.token_issued", userId: result.userId, by: "access_key" }, info);
  return jsonResponse(result.token, { headers: { ...rateLimit, "Cache-Control": "no-store", Pragma: "no-cache" } });
}

export const loader = resource({ POST: issue });
export const action = loader;
