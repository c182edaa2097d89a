import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { admin, jwt } from "better-auth/plugins";
import { databaseHooks, hooks } from "#app/auth/hooks.server.ts";
import { Scope } from "#app/auth/scopes.ts";
import { TimeZone } from "#app/auth/sign-in-form.ts";
import { db } from "#app/db/database.server.ts";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";
import { secret } from "#app/secret.server.ts";

const DAY = 24 * 60 * 60;

/** Seconds that a token lives. */
export const TOKEN_LIFETIME = 15 * 60;

/** Seconds that a retired key stays in the key set and keeps verifying. */
export const GRACE_PERIOD = env.JWT_GRACE_DAYS * DAY;

export const jwtOptions = {
  disableSettingJwtHeader: true,
  jwks: {
    keyPairConfig: { alg: env.JWT_ALGORITHM },
    rotationInterval: env.JWT_ROTATION_DAYS * DAY,
    gracePeriod: GRACE_PERIOD,
  },
  jwt: {
    issuer: env.BETTER_AUTH_URL,
    audience: env.JWT_AUDIENCE,
    expirationTime: `${TOKEN_LIFETIME}s`,
    // A person's own session may do everything. The default payload would be the whole user, e-mail included.
    definePayload: () => ({ jti: crypto.randomUUID(), scope: Scope.options.join(" ") }),
  },
} satisfies Parameters<typeof jwt>[0];

export const auth = betterAuth({
  appName: "Doable",
  baseURL: env.BETTER_AUTH_URL,
  secret,
  database: { db, type: "postgres", transaction: true },
  telemetry: { enabled: false },
  // Its messages only: the arguments that follow may hold a request, and a request holds cookies.
  logger: { log: (level, message) => log[level]({ event: "auth.library" }, message) },
  emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
  user: {
    additionalFields: {
      // Every page counts its days in this zone: one that does not exist would break them all.
      timezone: { type: "string", required: true, defaultValue: "UTC", input: true, validator: { input: TimeZone } },
      // Set on /settings, whose form has their rules.
      weekStart: { type: "number", required: false, defaultValue: 1, input: false },
      clock: { type: "string", required: false, defaultValue: "24", input: false },
      theme: { type: "string", required: false, defaultValue: "system", input: false },
    },
  },
  rateLimit: { enabled: true, storage: "database" },
  advanced: {
    cookiePrefix: "doable",
    // The migrations own the schema, and the database may be away while this module loads.
    database: { generateId: "uuid", joins: true, validateSchema: false },
    // server.ts writes this header on every request, over whatever the client sent.
    ipAddress: { ipAddressHeaders: ["x-client-ip"] },
    disableOriginCheck: false,
  },
  // An access key is made on its page, which gives it scopes and an end. Nobody acts as somebody else.
  disabledPaths: ["/api-key/create", "/api-key/get", "/api-key/list", "/api-key/update", "/api-key/delete", "/admin/impersonate-user"],
  plugins: [
    jwt(jwtOptions),
    // `banned` is all we need of it; its endpoints answer to users whose role is admin.
    admin(),
    apiKey({ defaultPrefix: "doable_", maximumNameLength: 60, requireName: true, rateLimit: { enabled: false } }),
  ],
  hooks,
  databaseHooks,
});

/** What Better Auth answers, with nothing left for a cache to keep: not all of its endpoints say so themselves. */
export async function handleAuthRequest(request: Request): Promise<Response> {
  const answer = await auth.handler(request);
  if (!answer.headers.has("Cache-Control")) answer.headers.set("Cache-Control", "private, no-store");
  return answer;
}
