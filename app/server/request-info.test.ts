import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { identify, requestInfoOf } from "#app/server/request-info.ts";

function requestFrom(peer: string | undefined, headers: Record<string, string> = {}): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: peer });
  return Object.assign(new IncomingMessage(socket), { headers });
}

function addressOf(peer: string | undefined, forwarded: string, trustedHops: number): string {
  return identify(requestFrom(peer, { "x-forwarded-for": forwarded }), trustedHops).clientAddress;
}

test("without trusted proxies, the address is the peer's, whatever the headers say", () => {
  expect(addressOf("192.0.2.1", "203.0.113.9", 0)).toBe("192.0.2.1");
  expect(identify(requestFrom("192.0.2.1", { "x-client-ip": "203.0.113.9" }), 0).clientAddress).toBe("192.0.2.1");
});

test("each trusted proxy contributes one address", () => {
  expect(addressOf("10.0.0.1", "198.51.100.7", 1)).toBe("198.51.100.7");
  expect(addressOf("10.0.0.1", "203.0.113.9, 198.51.100.7", 1)).toBe("198.51.100.7");
  expect(addressOf("10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2", 2)).toBe("198.51.100.7");
});

test("with fewer addresses than trusted proxies, the farthest is used", () => {
  expect(identify(requestFrom("10.0.0.1"), 2).clientAddress).toBe("10.0.0.1");
  expect(addressOf("10.0.0.1", "198.51.100.7", 3)).toBe("198.51.100.7");
});

test("an IPv4-mapped IPv6 address becomes IPv4", () => {
  expect(identify(requestFrom("::ffff:192.0.2.1"), 0).clientAddress).toBe("192.0.2.1");
  expect(identify(requestFrom("2001:db8::1"), 0).clientAddress).toBe("2001:db8::1");
});

test("a link-local address loses its zone", () => {
  expect(identify(requestFrom("fe80::1%eth0"), 0).clientAddress).toBe("fe80::1");
});

test("the address of a disconnected client is empty", () => {
  expect(identify(requestFrom(undefined), 0).clientAddress).toBe("");
  expect(identify(requestFrom(undefined), 1).clientAddress).toBe("");
});

test("a well-formed request id is kept", () => {
  for (const id of ["a", "7b0e.trace_1-x", "x".repeat(64)])
    expect(identify(requestFrom("192.0.2.1", { "x-request-id": id }), 0).id).toBe(id);
});

test("any other request id is replaced", () => {
  for (const id of ["", "x".repeat(65), "a b", "a\nb", "<script>", "é", '{"a":1}']) {
    expect(identify(requestFrom("192.0.2.1", { "x-request-id": id }), 0).id).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(identify(requestFrom("192.0.2.1"), 0).id).toMatch(/^[0-9a-f-]{36}$/);
});

test("each request gets a new nonce, whatever the client sends", () => {
  const nonces = [1, 2, 3].map(() => identify(requestFrom("192.0.2.1", { "x-csp-nonce": "mine" }), 0).nonce);
  expect(new Set(nonces).size).toBe(3);
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{22}$/);
});

test("a request that is not for a page gets no nonce", () => {
  const request = requestFrom("192.0.2.1", { "x-csp-nonce": "mine" });
  expect(identify(request, 0, false).nonce).toBe("");
  expect(request.headers["x-csp-nonce"]).toBe("");
});

test("routes read the identified values, not those that the client sent", () => {
  const request = requestFrom("192.0.2.1", { "x-client-ip": "203.0.113.9", "x-csp-nonce": "mine", "x-request-id": "id-1" });
  const info = identify(request, 0);
  expect(requestInfoOf(new Request("http://localhost/", { headers: request.headers as Record<string, string> }))).toEqual(info);
  expect(info).toMatchObject({ id: "id-1", clientAddress: "192.0.2.1" });
});
