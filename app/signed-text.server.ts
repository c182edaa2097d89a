import { createHmac, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { secret } from "#app/secret.server.ts";

/**
 * `value.signature`, both base64url: text that a client keeps for us and can neither read into nor make.
 * The signature covers `scope` (what it is, whose, of what) as well: what was signed for another does not verify.
 */
export function signedText(value: unknown, scope: string): string {
  const payload = Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${payload}.${signature(payload, scope)}`;
}

/** The value that `signedText` made the text of for this scope; `undefined` for any other text. */
export function readSignedText<Schema extends z.ZodType>(text: string, scope: string, schema: Schema): z.output<Schema> | undefined {
  const [payload = "", sent = ""] = text.split(".");
  const expected = Buffer.from(signature(payload, scope));
  const given = Buffer.from(sent);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return schema.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
}

function signature(payload: string, scope: string): string {
  return createHmac("sha256", secret).update(`${scope}\n${payload}`).digest().subarray(0, 16).toString("base64url");
}
