import { afterEach, expect, test, vi } from "vitest";
import { recordAuthEvent } from "#app/auth/events.server.ts";
import { log } from "#app/log.server.ts";

const warnings = vi.spyOn(log, "warn");
const lines = vi.spyOn(log, "info");

afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

function sourceAt(clientAddress: string) {
  return { id: "request-1", clientAddress };
}

async function failSignIn(times: number, clientAddress: string, account: (attempt: number) => string): Promise<void> {
  for (let attempt = 0; attempt < times; attempt++) {
    await recordAuthEvent({ event: "auth.sign_in_failed", account: account(attempt), reason: "wrong" }, sourceAt(clientAddress));
  }
}

function alerts(): unknown[] {
  return warnings.mock.calls.map(([fields]) => fields);
}

test("an event logs one line with its user, client address and request id", async () => {
  await recordAuthEvent({ event: "auth.access_key_made", userId: "user-1", keyId: "key-1" }, sourceAt("192.0.2.1"));
  expect(lines.mock.calls).toEqual([
    [
      { event: "auth.access_key_made", request_id: "request-1", client_address: "192.0.2.1", user_id: "user-1", key_id: "key-1" },
      "auth.access_key_made",
    ],
  ]);
});

test("the tenth failure from one address logs an alert, and the eleventh does not", async () => {
  await failSignIn(9, "192.0.2.2", (attempt) => `someone ${attempt}`);
  expect(alerts()).toEqual([]);
  await failSignIn(1, "192.0.2.2", () => "someone else");
  expect(alerts()).toEqual([{ event: "auth.alert", address: "192.0.2.2", count: 10 }]);
  await failSignIn(5, "192.0.2.2", (attempt) => `another ${attempt}`);
  expect(alerts()).toHaveLength(1);
});

test("the tenth failure for one account logs an alert, from any number of addresses", async () => {
  for (let attempt = 0; attempt < 12; attempt++) await failSignIn(1, `198.51.100.${attempt}`, () => "one account");
  expect(alerts()).toEqual([{ event: "auth.alert", account: "one account", count: 10 }]);
});

test("failures older than five minutes do not count", async () => {
  vi.useFakeTimers();
  await failSignIn(9, "192.0.2.3", (attempt) => `slow ${attempt}`);
  await vi.advanceTimersByTimeAsync(5 * 60_000 + 1);
  await failSignIn(9, "192.0.2.3", (attempt) => `slower ${attempt}`);
  expect(alerts()).toEqual([]);
  await failSignIn(1, "192.0.2.3", () => "slowest");
  expect(alerts()).toHaveLength(1);
});

test("a successful sign-in does not count as a failure", async () => {
  for (let times = 0; times < 20; times++) await recordAuthEvent({ event: "auth.sign_in", userId: "user-1" }, sourceAt("192.0.2.4"));
  expect(alerts()).toEqual([]);
});

test("the fiftieth rejected token in a minute logs one alert", async () => {
  for (let times = 0; times < 49; times++) await recordAuthEvent({ event: "auth.token_refused", reason: "expired" }, sourceAt("192.0.2.5"));
  expect(alerts()).toEqual([]);
  for (let times = 0; times < 9; times++) await recordAuthEvent({ event: "auth.access_key_refused", reason: "x" }, sourceAt("192.0.2.6"));
  expect(alerts()).toEqual([{ event: "auth.alert", refused: "tokens", count: 50 }]);
});
