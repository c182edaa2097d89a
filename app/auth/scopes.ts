import { z } from "zod";

/** `tasks:write` implies the other two; `tasks:create` allows only adding a task. */
export const Scope = z.enum(["tasks:read", "tasks:write", "tasks:create"]);
export type Scope = z.infer<typeof Scope>;

const IMPLIED: Record<Scope, Scope[]> = {
  "tasks:read": ["tasks:read"],
  "tasks:write": ["tasks:read", "tasks:write", "tasks:create"],
  "tasks:create": ["tasks:create"],
};

export function allows(granted: readonly Scope[], wanted: Scope): boolean {
  return granted.some((scope) => IMPLIED[scope].includes(wanted));
}

/** Parses the space-separated claim (RFC 8693, section 4.2). Unknown scopes are ignored. */
export function parseScopes(claim: unknown): Scope[] {
  if (typeof claim !== "string") return [];
  return claim.split(" ").flatMap((value) => Scope.safeParse(value).data ?? []);
}
