import { APIError } from "better-auth/api";
import { z } from "zod";
import type { HookContext } from "#app/auth/hooks.server.ts";
import { Email, Name } from "#app/auth/sign-in-form.ts";

/** What pages ask of a person besides what Better Auth does: that a field is there is its own rule. */
const RULES: Record<string, z.ZodType> = {
  "/sign-up/email": z.object({ name: Name.optional(), email: Email.optional() }),
  "/update-user": z.object({ name: Name.optional() }),
};

/** Before each of Better Auth's endpoints: it hands on to Postgres what it is sent, and what Postgres can't hold would be a fault of ours. */
export function refuseBadInput({ path, body, query }: HookContext): void {
  if (hasNul(body) || hasNul(query)) throw refusal("U+0000 is not allowed");
  const { error } = RULES[path]?.safeParse(body ?? {}) ?? {};
  if (error) throw refusal(error.issues[0]?.message ?? "");
}

function refusal(message: string): APIError {
  return new APIError("BAD_REQUEST", { code: "VALIDATION_ERROR", message });
}

/** Without calling itself: what is sent may be nested deeper than any stack. */
function hasNul(sent: unknown): boolean {
  const left = [sent];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string" && value.includes("\0")) return true;
    if (typeof value === "object" && value !== null) for (const part of Object.entries(value).flat()) left.push(part);
  }
  return false;
}
