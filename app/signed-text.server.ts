import { createHmac, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { secret } from "#app/secret.server.ts";

const SIGNED = /^([\w-]+)\.([\w-]{22})$/;

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
  const [, payload = "", received = ""] = SIGNED.exec(text) ?? [];
  const expected = Buffer.from(keyedHash(payload, scope));
  const actual = Buffer.from(received);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
  return schema.parse(decode(payload));
}

/** Whether the text has the form that `signedText` gives to a value of this schema, without verifying its signature. */
export function hasSignedForm(text: string, schema: z.ZodType): boolean {
  const [, payload = ""] = SIGNED.exec(text) ?? [];
  try {
    return schema.safeParse(decode(payload)).success;
  } catch {
    return false;
  }
}

function decode(payload: string): unknown {
  return JSON.parse(Buffer.from(payload, "base64url").toString());
}

/** A hash with our secret, of 22 characters, in place of a text that must not be stored or logged, even if it is easy to guess. */
export function keyedHash(text: string, scope: string): string {
  return createHmac("sha256", secret()).update(`${scope}\n${text}`).digest().subarray(0, 16).toString("base64url");
}
