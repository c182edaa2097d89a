import { apiKey } from "@better-auth/api-key";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { admin, jwt } from "better-auth/plugins";
import { IPV6_SUBNET } from "#app/auth/address.ts";
import { callAuth } from "#app/auth/call-auth.ts";
import { databaseHooks, hooks } from "#app/auth/hooks.server.ts";
import { PASSWORD_LENGTH } from "#app/auth/password-length.ts";
import { Scope } from "#app/auth/scopes.ts";
import { cookiePrefix } from "#app/auth/session-cookie.ts";
import { TimeZone } from "#app/auth/sign-in-form.ts";
import { TOKEN_LIFETIME } from "#app/auth/token-lifetime.ts";
import { db } from "#app/db/database.server.ts";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";
import { secret } from "#app/secret.server.ts";

const DAY = 24 * 60 * 60;

/** Seconds during which a retired key stays published and still verifies. */
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
    // A session grants every scope. The default payload would be the whole user, e-mail address included.
    definePayload: () => ({ jti: crypto.randomUUID(), scope: Scope.options.join(" ") }),
  },
} satisfies Parameters<typeof jwt>[0];

const options = {
  appName: "Doable",
  baseURL: env.BETTER_AUTH_URL,
  database: { db, type: "postgres", transaction: true },
  telemetry: { enabled: false },
  // Without its further arguments: they may contain a request, and so cookies.
  logger: { log: (level, message) => log[isRefusal(message) ? "warn" : level]({ event: "auth.library" }, message) },
  emailAndPassword: { enabled: true, minPasswordLength: PASSWORD_LENGTH.minimum, maxPasswordLength: PASSWORD_LENGTH.maximum },
  user: {
    additionalFields: {
      // Pages compute their days in this zone, so it must exist.
      timezone: { type: "string", required: true, defaultValue: "UTC", input: true, validator: { input: TimeZone } },
      // Set on /settings and validated by its form.
      weekStart: { type: "number", required: false, defaultValue: 1, input: false },
      clock: { type: "string", required: false, defaultValue: "24", input: false },
      theme: { type: "string", required: false, defaultValue: "system", input: false },
      captureLanguage: { type: "string", required: false, defaultValue: "en", input: false },
      dateOrder: { type: "string", required: false, input: false },
    },
  },
  rateLimit: { enabled: true, storage: "database" },
  advanced: {
    // Off: it would put __Secure- in front of our prefix.
    useSecureCookies: false,
    cookiePrefix: cookiePrefix(env.BETTER_AUTH_URL),
    defaultCookieAttributes: { secure: env.BETTER_AUTH_URL.startsWith("https:") },
    // Our migrations own the schema, and the database may be unreachable while this module loads.
    database: { generateId: "uuid", joins: true, validateSchema: false },
    // server.ts overwrites this header on every request.
    ipAddress: { ipAddressHeaders: ["x-client-ip"], ipv6Subnet: IPV6_SUBNET },
    disableOriginCheck: false,
  },
  plugins: [
    jwt(jwtOptions),
    // For the `banned` field only.
    admin(),
    apiKey({ defaultPrefix: "doable_", maximumNameLength: 60, requireName: true, rateLimit: { enabled: false } }),
  ],
  hooks,
  databaseHooks,
} satisfies BetterAuthOptions;

let instance: ReturnType<typeof createAuth> | undefined;

/** Better Auth, set up at the first use: when this module is imported, the secret need not exist yet. */
export function auth(): ReturnType<typeof createAuth> {
  instance ??= createAuth();
  return instance;
}

function createAuth() {
  return betterAuth({ ...options, secret: secret() });
}

/** Better Auth logs a refused origin as an error, and anyone can send one. */
function isRefusal(message: string): boolean {
  return message.startsWith("Invalid origin");
}

/** Runs a Better Auth endpoint, and adds the headers that some of its responses lack. `HEAD` runs it like `GET`. */
export async function handleAuthRequest(request: Request): Promise<Response> {
  // Read once: the handler may be called twice.
  const body = request.body && (await request.arrayBuffer());
  const method = request.method === "HEAD" ? "GET" : request.method;
  const response = await callAuth(() => auth().handler(new Request(request, { method, ...(body && { body }) })));
  const wait = response.headers.get("X-Retry-After");
  if (wait) response.headers.set("Retry-After", wait);
  if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "private, no-store");
  return response;
}
