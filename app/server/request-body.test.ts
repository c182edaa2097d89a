import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { bodyLimit, limitBody } from "#app/server/request-body.ts";

const MEBIBYTE = 1024 * 1024;

function requestTo(url: string, headers: Record<string, string> = { "transfer-encoding": "chunked" }): PassThrough & IncomingMessage {
  return Object.assign(new PassThrough(), { url, headers }) as unknown as PassThrough & IncomingMessage;
}

function rejections(request: PassThrough & IncomingMessage, lengths: number[]): number {
  let count = 0;
  limitBody(request, () => count++);
  for (const length of lengths) request.emit("data", Buffer.alloc(length));
  return count;
}

test("a body without a declared length may be as long as the limit, and not a byte longer", () => {
  expect(rejections(requestTo("/tasks"), [MEBIBYTE - 1, 1])).toBe(0);
  expect(rejections(requestTo("/tasks"), [MEBIBYTE - 1, 2])).toBe(1);
  expect(rejections(requestTo("/api/me/tasks"), [MEBIBYTE, 1, 1, MEBIBYTE])).toBe(1);
});

test("a body with a declared length is not counted", () => {
  expect(rejections(requestTo("/tasks", { "content-length": "2" }), [2 * MEBIBYTE])).toBe(0);
});

test("imports may have ten mebibytes, and a form a little more for what surrounds its file", () => {
  for (const url of ["/api/me/import", "/api/me/import?dry_run=true", "/api/0199a3c2/import/"])
    expect(bodyLimit(requestTo(url)), url).toBe(10 * MEBIBYTE);
  for (const url of ["/settings/data", "/settings/data.data", "/settings/data?index"])
    expect(bodyLimit(requestTo(url)), url).toBe(10 * MEBIBYTE + 4096);
  for (const url of ["/api/me/imports", "/api/import", "/settings/data/import", "/settings", "/api/me/tasks?x=/import"])
    expect(bodyLimit(requestTo(url)), url).toBe(MEBIBYTE);
});
