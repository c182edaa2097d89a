import { Scope } from "#app/auth/scopes.ts";
import { countFields } from "#app/http/budget.ts";
import { mediaTypeOf } from "#app/http/read.ts";

const FORM = "application/x-www-form-urlencoded";

/** RFC 6749 has five parameters for it, and clients may add some of their own. */
const MAX_PARAMETERS = 20;

export interface TokenRequest {
  /** The access key, if there is one. */
  key: string | undefined;
  /** Asked for with a scope parameter. */
  scopes: Scope[] | undefined;
  /** By the names of RFC 6749, section 4.4, so that the response to an error has to be that of section 5.2. */
  isGrant: boolean;
}

/** The access key is in X-API-Key or, as a client's secret, in the body or in Basic credentials (RFC 6749, section 2.3.1). */
export async function readTokenRequest(request: Request): Promise<TokenRequest> {
  const header = request.headers.get("X-API-Key") ?? undefined;
  const form = mediaTypeOf(request) === FORM ? await readParameters(request) : new URLSearchParams();
  const basic = basicSecret(request.headers.get("Authorization"));
  const secret = form.get("client_secret") ?? undefined;
  // A form without a grant is what curl sends with `-d ""`.
  if (basic === undefined && secret === undefined && !form.has("grant_type")) return { key: header, scopes: undefined, isGrant: false };
  const keys = [header, basic, secret].filter((key) => key !== undefined);
  if (keys.length > 1) throw tokenError("invalid_request", "Send the key in one place only");
  if (!form.has("grant_type")) throw tokenError("invalid_request", "grant_type is missing");
  if (form.get("grant_type") !== "client_credentials") throw tokenError("unsupported_grant_type", "grant_type must be client_credentials");
  if (!keys[0]) throw tokenError("invalid_client", "Send an access key as client_secret");
  return { key: keys[0], scopes: scopesIn(form.get("scope")), isGrant: true };
}

async function readParameters(request: Request): Promise<URLSearchParams> {
  const body = new Uint8Array(await request.arrayBuffer());
  if (countFields(body, FORM) > MAX_PARAMETERS) throw tokenError("invalid_request", `At most ${MAX_PARAMETERS} parameters`);
  const parameters = new URLSearchParams(new TextDecoder().decode(body));
  const names = [...parameters.keys()];
  if (new Set(names).size < names.length) throw tokenError("invalid_request", "A parameter must come once");
  return parameters;
}

function basicSecret(authorization: string | null): string | undefined {
  const credentials = /^Basic +([\w+/]+=*)$/i.exec(authorization ?? "")?.[1];
  const [, secret] = /^[^:]*:(.*)$/s.exec(Buffer.from(credentials ?? "", "base64").toString()) ?? [];
  return secret === undefined ? undefined : decoded(secret);
}

/** Clients encode it like a form field. */
function decoded(secret: string): string {
  return new URLSearchParams(`secret=${secret.replaceAll("&", "%26")}`).get("secret") ?? "";
}

function scopesIn(text: string | null): Scope[] | undefined {
  if (text === null || text === "") return undefined;
  const scopes = text.split(" ").map((scope) => Scope.safeParse(scope).data);
  if (scopes.includes(undefined)) throw tokenError("invalid_scope", "There is no such scope");
  return scopes.filter((scope) => scope !== undefined);
}

const STATUS = { invalid_request: 400, invalid_client: 401, unsupported_grant_type: 400, invalid_scope: 400 } as const;
type TokenError = keyof typeof STATUS;
export const TOKEN_ERRORS = Object.keys(STATUS) as [TokenError, ...TokenError[]];

/** An error response as of RFC 6749, section 5.2. Thrown like a `Problem`. */
export function tokenError(error: TokenError, description: string): Response {
  const headers = new Headers({ "Cache-Control": "no-store" });
  const status = STATUS[error];
  if (status === 401) headers.set("WWW-Authenticate", 'Basic realm="doable"');
  return Response.json({ error, error_description: description }, { status, headers });
}
