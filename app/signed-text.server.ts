import { createHmac, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { secret } from "#app/secret.server.ts";

/**
 * `value.signature`, both base64url: a tamper-proof value for a client to send back later.
 * The signature covers `scope` (purpose, user, resource), so a text signed for another scope does not verify.
 */
export function signedText(value: unknown, scope: string): string {
  const payload = Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${payload}.${signature(payload, scope)}`;
}

/** `undefined`: `signedText` did not make the text for this scope. */
export function readSignedText<Schema extends z.ZodType>(text: string, scope: string, schema: Schema): z.output<Schema> | undefined {
  const [payload = "", received = ""] = text.split(".");
  const expected = Buffer.from(signature(payload, scope));
  const actual = Buffer.from(received);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
  return schema.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
}

function signature(payload: string, scope: string): string {
  return createHmac("sha256", secret).update(`${scope}\n${payload}`).digest().subarray(0, 16).toString("base64url");
}
