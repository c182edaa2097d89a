import { z } from "zod";
import { exchangesByAddress, exchangesByKey } from "#app/auth/exchange-limits.server.ts";
import { TOKEN_LIFETIME } from "#app/auth/token-lifetime.ts";
import { TOKEN_ERRORS } from "#app/auth/token-request.ts";
import { OPENAPI_VERSION } from "#app/openapi/examples.ts";
import type { Paths } from "#app/openapi/operation-spec.ts";
import { problemExample } from "#app/openapi/problem-responses.ts";

const Token = z.strictObject({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int().meta({ description: "Seconds." }),
  scope: z.string().meta({ description: "Separated by spaces." }),
});

/** RFC 6749, sections 2.3.1 and 4.4.2. */
const TokenRequest = z.strictObject({
  grant_type: z.literal("client_credentials"),
  client_id: z.string().optional().meta({ description: "Ignored: the key identifies the client." }),
  client_secret: z.string().optional().meta({ description: "An access key, unless it is in a header." }),
  scope: z.string().optional().meta({ description: "Scopes of the key, separated by spaces. Without it: all of them." }),
});

/** RFC 6749, section 5.2. */
const TokenError = z.strictObject({
  error: z.enum(TOKEN_ERRORS),
  error_description: z.string(),
});

/** A public key (RFC 7517). Other members depend on its type. */
const Key = z.looseObject({ kid: z.string(), alg: z.enum(["EdDSA", "RS256", "ES256"]), use: z.literal("sig"), kty: z.string() });

export const accessRequests = { TokenRequest };
export const accessResponses = {
  Token,
  TokenError,
  SessionToken: z.strictObject({ token: z.string() }),
  SessionMissing: z.strictObject({ code: z.string(), message: z.string() }),
  KeySet: z.strictObject({ keys: z.array(Key) }),
};

const JWT = "eyJhbGciOiJFZERTQSIsImtpZCI6Ijd4In0.eyJzdWIiOiIwMTk5In0.c2lnbmF0dXJl";
const keySet = {
  keys: [{ kid: "7xQmZ0", alg: "EdDSA", use: "sig", kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }],
};
const describeKeySet = {
  tag: "Access" as const,
  description: "Tokens are verified with these keys. A retired key stays until its grace period is over.",
  needs: "nothing" as const,
  headers: ["IfNoneMatch" as const],
  responses: {
    200: { description: "The key set.", schema: "KeySet", headers: ["ETag" as const, "Cache-Control" as const], example: keySet },
    304: { description: "It is still the one of If-None-Match.", headers: ["ETag" as const] },
  },
  problems: ["unavailable" as const],
};

export const accessPaths: Paths = {
  "/api/token": {
    post: {
      id: "exchangeKey",
      tag: "Access",
      summary: "Exchange an access key for a token",
      description: `A script keeps its key, made on /settings/access-keys, and works with tokens that last ${TOKEN_LIFETIME / 60} minutes. The key is in \`X-API-Key\` or, for clients of OAuth 2.0, the client's secret of \`grant_type=client_credentials\`, in the form or as Basic credentials. At most ${exchangesByKey.quota} a minute with one key, and ${exchangesByAddress.quota} from one address.`,
      needs: "accessKey",
      form: { schema: "TokenRequest", example: { grant_type: "client_credentials", client_secret: "doable_…", scope: "tasks:read" } },
      responses: {
        400: {
          description: "The form is not a valid token request, or asks for a scope that the key does not have.",
          schema: "TokenError",
          example: { error: "invalid_scope", error_description: "The key does not have this scope" },
        },
        401: {
          description: "The key is unknown, revoked or expired: a problem, or in response to a form the error of RFC 6749, section 5.2.",
          headers: ["WWW-Authenticate"],
          content: {
            "application/problem+json": { schema: "Problem", example: problemExample("unauthorized") },
            "application/json": { schema: "TokenError", example: { error: "invalid_client", error_description: "The key is not valid" } },
          },
        },
        200: {
          description: "A bearer token (RFC 6749, section 5.1).",
          schema: "Token",
          headers: ["RateLimit-Policy", "RateLimit", "Cache-Control"],
          example: { access_token: JWT, token_type: "Bearer", expires_in: TOKEN_LIFETIME, scope: "tasks:read tasks:write" },
        },
      },
    },
  },
  "/api/auth/token": {
    get: {
      id: "getSessionToken",
      tag: "Access",
      summary: "A token from a browser's session",
      description: "It has every scope.",
      needs: "session",
      responses: {
        200: { description: "A bearer token.", schema: "SessionToken", example: { token: JWT } },
        401: {
          description: "No session is signed in. Better Auth answers this itself.",
          schema: "SessionMissing",
          example: { code: "UNAUTHORIZED", message: "Unauthorized" },
        },
      },
    },
  },
  "/.well-known/jwks.json": { get: { id: "getKeySet", summary: "The keys that verify our tokens", ...describeKeySet } },
  "/api/auth/jwks": { get: { id: "getKeySetOfSessions", summary: "The same keys, at the address of Better Auth", ...describeKeySet } },
  "/api/openapi.json": {
    get: {
      id: "getDescription",
      tag: "Access",
      summary: "This description",
      needs: "nothing",
      headers: ["IfNoneMatch"],
      responses: {
        200: {
          description: "An OpenAPI 3.1 document.",
          schema: "Description",
          headers: ["ETag", "Cache-Control"],
          example: { openapi: OPENAPI_VERSION },
        },
        304: { description: "It is still the one of If-None-Match.", headers: ["ETag"] },
      },
    },
  },
};
