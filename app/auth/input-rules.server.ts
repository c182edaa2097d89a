import { APIError } from "better-auth/api";
import type { HookContext } from "#app/auth/hooks.server.ts";
import { Name } from "#app/auth/sign-in-form.ts";

/** Where Better Auth takes a person's name. */
const NAMING = new Set(["/sign-up/email", "/update-user"]);

/** Before each of Better Auth's endpoints: it hands on to Postgres what it is sent, and what Postgres can't hold would be a fault of ours. */
export function refuseBadInput({ path, body, query }: HookContext): void {
  if (hasNul(body) || hasNul(query)) throw new APIError("BAD_REQUEST", { code: "VALIDATION_ERROR", message: "U+0000 is not allowed" });
  const name = NAMING.has(path) ? Name.optional().safeParse(body?.name) : undefined;
  if (name?.error) throw new APIError("BAD_REQUEST", { code: "VALIDATION_ERROR", message: name.error.issues[0]?.message ?? "" });
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
