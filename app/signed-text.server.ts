import { createHmac, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { secret } from "#app/secret.server.ts";

/**
 * `value.signature`, both base64url: a tamper-proof value for a client to send back later.
 * The signature covers `scope` (purpose, user, resource), so a text signed for another scope does not verify.
 */
export function signedText(value: unknown, scope: string): string {
  const payload = Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${payload}.${keyedHash(payload, scope)}`;
}

/** `undefined`: `signedText` did not make the text for this scope. */
export function readSignedText<Schema extends z.ZodType>(text: string, scope: string, schema: Schema): z.output<Schema> | undefined {
  const [payload = "", received = ""] = text.split(".");
  const expected = Buffer.from(keyedHash(payload, scope));
  const actual = Buffer.from(received);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
  return schema.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
}

/** A hash with our secret, of 22 characters: stands for text that must not be stored or logged, even if it is short enough to guess. */
export function keyedHash(text: string, scope: string): string {
  return createHmac("sha256", secret).update(`${scope}\n${text}`).digest().subarray(0, 16).toString("base64url");
}
