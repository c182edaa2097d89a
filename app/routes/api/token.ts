import { exchange, hashOf } from "#app/auth/access-keys.server.ts";
import { addressKey } from "#app/auth/address.ts";
import { unauthorized } from "#app/auth/bearer-guard.server.ts";
import { recordAuthEvent } from "#app/auth/events.server.ts";
import { requestInfoContext } from "#app/context.ts";
import { consume, limit } from "#app/http/limits.server.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import type { Route } from "./+types/token";

const byAddress = limit("token-by-address", 30);
const byKey = limit("token-by-key", 10);

/** Exchanges an access key for an access token; the response follows RFC 6749, section 5.1. */
async function issue({ request, context }: Route.ActionArgs): Promise<Response> {
  const info = context.get(requestInfoContext);
  await consume(byAddress, addressKey(info.clientAddress));
  const key = request.headers.get("X-API-Key");
  if (!key) throw unauthorized(false, "Send an access key as X-API-Key");
  const rateLimit = await consume(byKey, await hashOf(key));
  const result = await exchange(key);
  if ("reason" in result) {
    await recordAuthEvent({ event: "auth.access_key_refused", reason: result.reason }, info);
    throw unauthorized(false);
  }
  await recordAuthEvent({ event: "auth.token_issued", userId: result.userId, by: "access_key" }, info);
  return jsonResponse(result.token, { headers: { ...rateLimit, "Cache-Control": "no-store" } });
}

export const loader = resource({ POST: issue });
export const action = loader;
