import { APIError } from "better-auth/api";
import type { HookContext } from "#app/auth/hooks.server.ts";
import { Name } from "#app/auth/sign-in-form.ts";

/** Where Better Auth takes a person's name. */
const NAMING = new Set(["/sign-up/email", "/update-user"]);

/** Before each of Better Auth's endpoints: it hands on to Postgres what it is sent, and what Postgres can't hold would be a fault of ours. */
export function refuseBadBody({ path, body }: HookContext): void {
  if (hasNul(body)) throw new APIError("BAD_REQUEST", { code: "VALIDATION_ERROR", message: "U+0000 is not allowed" });
  const name = NAMING.has(path) ? Name.optional().safeParse(body?.name) : undefined;
  if (name?.error) throw new APIError("BAD_REQUEST", { code: "VALIDATION_ERROR", message: name.error.issues[0]?.message ?? "" });
}

function hasNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  return typeof value === "object" && value !== null && Object.entries(value).flat().some(hasNul);
}
