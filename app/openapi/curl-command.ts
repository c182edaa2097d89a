import type { OperationObject, Parameter } from "#app/openapi/operation.ts";
import type { Method } from "#app/openapi/operation-spec.ts";

interface CommandInput {
  origin: string;
  path: string;
  method: Method;
  operation: OperationObject;
  parameters: Parameter[];
  /** Replaces the example user id in the path. */
  userId: string;
}

const WIDTH = 80;

/** A curl command that sends the operation's example. Expects the token or the key in a shell variable. */
export function curlCommand({ origin, path, method, operation, parameters, userId }: CommandInput): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((parameter) => parameter.name === name)?.example;
    return name === "user_id" ? userId : encodeURIComponent(String(example));
  });
  const body = operation.requestBody?.required ? operation.requestBody.content : {};
  const [type, content] = Object.entries(body)[0] ?? [];
  const parts = [
    `curl${isDefaultMethod(method, content !== undefined) ? "" : ` -X ${method.toUpperCase()}`}`,
    credentialArgument(operation),
    type ? `-H ${shellQuote(`Content-Type: ${type}`)}` : [],
    content ? `-d ${shellQuote(typeof content.example === "string" ? content.example : JSON.stringify(content.example))}` : [],
    shellQuote(`${origin}${filled}${queryOf(parameters)}`),
  ];
  const line = parts.flat();
  return line.join(" ").length <= WIDTH ? line.join(" ") : line.join(" \\\n  ");
}

/** curl's default is GET, and POST with a body. */
function isDefaultMethod(method: Method, hasBody: boolean): boolean {
  return method === (hasBody ? "post" : "get");
}

function credentialArgument({ security }: OperationObject): string | [] {
  const [scheme] = Object.keys(security[0] ?? {});
  if (scheme === "bearerToken") return '-H "Authorization: Bearer $TOKEN"';
  if (scheme === "accessKey") return '-H "X-API-Key: $KEY"';
  return scheme === "session" ? '-H "Cookie: $COOKIE"' : [];
}

function queryOf(parameters: Parameter[]): string {
  const given = parameters.filter((parameter) => parameter.in === "query" && parameter.example !== undefined);
  const pairs = given.flatMap(({ name, example }) => [example].flat().map((value) => [name, String(value)]));
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : "";
}

/** Quotes for a POSIX shell. */
function shellQuote(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
