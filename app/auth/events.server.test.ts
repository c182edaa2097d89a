import { afterEach, expect, test, vi } from "vitest";
import { recordAuthEvent } from "#app/auth/events.server.ts";
import { log } from "#app/log.server.ts";

const warnings = vi.spyOn(log, "warn");
const lines = vi.spyOn(log, "info");

afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

function origin(clientAddress: string) {
  return { id: "request-1", clientAddress };
}

async function failSignIn(times: number, clientAddress: string, account: (attempt: number) => string): Promise<void> {
  for (let attempt = 0; attempt < times; attempt++) {
    await recordAuthEvent({ event: "auth.sign_in_failed", account: account(attempt), reason: "wrong" }, origin(clientAddress));
  }
}

function alerts(): unknown[] {
  return warnings.mock.calls.map(([fields]) => fields);
}

test("an event is one line with who, where from and which request", async () => {
  await recordAuthEvent({ event: "auth.access_key_made", userId: "user-1", keyId: "key-1" }, origin("192.0.2.1"));
  expect(lines.mock.calls).toEqual([
    [
      { event: "auth.access_key_made", request_id: "request-1", client_address: "192.0.2.1", user_id: "user-1", key_id: "key-1" },
      "auth.access_key_made",
    ],
  ]);
});

test("the tenth failure of one address is an alert, and the eleventh is not", async () => {
  await failSignIn(9, "192.0.2.2", (attempt) => `someone ${attempt}`);
  expect(alerts()).toEqual([]);
  await failSignIn(1, "192.0.2.2", () => "someone else");
  expect(alerts()).toEqual([{ event: "auth.alert", address: "192.0.2.2", count: 10 }]);
  await failSignIn(5, "192.0.2.2", (attempt) => `another ${attempt}`);
  expect(alerts()).toHaveLength(1);
});

test("the tenth failure of one account is an alert, from however many addresses", async () => {
  for (let attempt = 0; attempt < 12; attempt++) await failSignIn(1, `198.51.100.${attempt}`, () => "one account");
  expect(alerts()).toEqual([{ event: "auth.alert", account: "one account", count: 10 }]);
});

test("failures older than five minutes don't count", async () => {
  vi.useFakeTimers();
  await failSignIn(9, "192.0.2.3", (attempt) => `slow ${attempt}`);
  await vi.advanceTimersByTimeAsync(5 * 60_000 + 1);
  await failSignIn(9, "192.0.2.3", (attempt) => `slower ${attempt}`);
  expect(alerts()).toEqual([]);
  await failSignIn(1, "192.0.2.3", () => "slowest");
  expect(alerts()).toHaveLength(1);
});

test("signing in well counts as no failure", async () => {
  for (let times = 0; times < 20; times++) await recordAuthEvent({ event: "auth.sign_in", userId: "user-1" }, origin("192.0.2.4"));
  expect(alerts()).toEqual([]);
});

test("tokens refused in a burst are one alert, at the fiftieth", async () => {
  for (let times = 0; times < 49; times++) await recordAuthEvent({ event: "auth.token_refused", reason: "expired" }, origin("192.0.2.5"));
  expect(alerts()).toEqual([]);
  for (let times = 0; times < 9; times++) await recordAuthEvent({ event: "auth.access_key_refused", reason: "x" }, origin("192.0.2.6"));
  expect(alerts()).toEqual([{ event: "auth.alert", refused: "tokens", count: 50 }]);
});
