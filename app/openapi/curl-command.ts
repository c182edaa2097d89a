import type { Method, OperationObject, Parameter } from "#app/openapi/operation.ts";

interface Tried {
  origin: string;
  path: string;
  method: Method;
  operation: OperationObject;
  parameters: Parameter[];
  /** Instead of the example's. */
  userId: string;
}

/** Longer than this, each part has a line of its own. */
const WIDTH = 80;

/** For a shell: tries the operation with its example. The token or the key is expected in a variable. */
export function commandOf({ origin, path, method, operation, parameters, userId }: Tried): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((parameter) => parameter.name === name)?.example;
    return name === "user_id" ? userId : encodeURIComponent(String(example));
  });
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const parts = [
    `curl${isSaid(method, content !== undefined) ? "" : ` -X ${method.toUpperCase()}`}`,
    credentialOf(operation),
    type ? `-H ${quoted(`Content-Type: ${type}`)}` : [],
    content ? `-d ${quoted(typeof content.example === "string" ? content.example : JSON.stringify(content.example))}` : [],
    quoted(`${origin}${filled}${queryOf(parameters)}`),
  ];
  const line = parts.flat();
  return line.join(" ").length <= WIDTH ? line.join(" ") : line.join(" \\\n  ");
}

/** Without being told, curl gets; with a body it posts. */
function isSaid(method: Method, hasBody: boolean): boolean {
  return method === (hasBody ? "post" : "get");
}

function credentialOf({ security }: OperationObject): string | [] {
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

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
