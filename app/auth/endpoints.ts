/**
 * The endpoints of Better Auth that are open to clients, with their methods: what an unchanged `better-auth/client` needs. Every other
 * path below /api/auth/ is a 404 before anything is stored or read: Better Auth would keep a rate-limit count for any path.
 * Pages call its handler in-process and need no entry. `jwks` has a route of its own, which publishes the keys' `use`.
 */
export const AUTH_ENDPOINTS = {
  "sign-up/email": "POST",
  "sign-in/email": "POST",
  "sign-out": "POST",
  "get-session": "GET",
  token: "GET",
} as const satisfies Record<string, "GET" | "POST">;
