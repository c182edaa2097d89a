import { addressKey } from "#app/auth/address.ts";
import type { RequestInfo } from "#app/context.ts";
import { type Counter, counter } from "#app/http/limits.server.ts";
import { signIns } from "#app/http/metrics.server.ts";
import { log } from "#app/log.server.ts";

export type EventSource = Pick<RequestInfo, "id" | "clientAddress">;

export type AuthEvent =
  | { event: "auth.sign_up" | "auth.sign_in" | "auth.sign_out" | "auth.sign_out_everywhere" | "auth.password_changed"; userId: string }
  | { event: "auth.sign_in_failed"; account: string; reason: string }
  | { event: "auth.token_issued"; userId: string; by: "session" | "access_key" }
  | { event: "auth.token_refused" | "auth.access_key_refused"; reason: string }
  | { event: "auth.access_key_made" | "auth.access_key_revoked"; userId: string; keyId: string };

const failedSignIns = counter("failures", 10, 5 * 60);
const rejectedTokens = counter("refusals", 50, 60);

export async function recordAuthEvent(authEvent: AuthEvent, source: EventSource): Promise<void> {
  const { event, ...fields } = authEvent;
  log.info({ event, request_id: source.id, client_address: source.clientAddress, ...snakeCase(fields) }, event);
  if (event === "auth.sign_in") signIns.inc({ outcome: "ok" });
  if (event === "auth.sign_in_failed") {
    signIns.inc({ outcome: authEvent.reason });
    await count(failedSignIns, "address", addressKey(source.clientAddress), "sign-ins from one address keep failing");
    await count(failedSignIns, "account", authEvent.account, "sign-ins to one account keep failing");
  }
  if (event === "auth.token_refused" || event === "auth.access_key_refused") {
    await count(rejectedTokens, "refused", "tokens", "tokens are being refused in a burst");
  }
}

async function count(limiter: Counter, kind: string, value: string, message: string): Promise<void> {
  const { consumedPoints } = await limiter.penalty(`${kind}:${value}`);
  // Exactly at the threshold, so that each window logs at most one warning.
  if (consumedPoints === limiter.points) log.warn({ event: "auth.alert", [kind]: value, count: consumedPoints }, message);
}

function snakeCase(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}
