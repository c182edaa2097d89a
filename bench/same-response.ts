import type { BenchRequest } from "./load.ts";
import type { Server } from "./servers.ts";

/**
 * Sends the request to both servers, and throws unless status, body and SQL statements are the same. Ignores what differs between
 * two responses of Doable itself (ids, times, versions), and the scripts in a page.
 */
export async function requireSameResponse(doable: Server, floor: Server, name: string, request: BenchRequest): Promise<void> {
  const [expected, actual] = [await responseOf(doable, request), await responseOf(floor, request)];
  for (const part of ["status", "body", "statements"] as const) {
    if (expected[part] === actual[part]) continue;
    throw new Error(`${name}: the floor's ${part} differs.\nDoable: ${expected[part]}\nThe floor: ${actual[part]}`);
  }
}

async function responseOf(server: Server, { method, path, headers, body }: BenchRequest) {
  let [status, text] = [0, ""];
  const statements = await server.statementsOf(async () => {
    const response = await fetch(server.origin + path, {
      method,
      headers,
      ...(body && { body: body.replace("[<id>]", crypto.randomUUID()) }),
    });
    [status, text] = [response.status, await response.text()];
  });
  if (status >= 300) throw new Error(`${server.name} responded to ${method} ${path} with ${status}: ${text}`);
  return { status, body: withoutVariableParts(text), statements: statements.map(withoutParameterNumbers).toSorted().join("\n") };
}

const VARIABLE_PARTS: [RegExp, string][] = [
  [/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "ID"],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME"],
  [/"rank":"\w+"/g, '"rank":"RANK"'],
  [/"version":\d+/g, '"version":VERSION'],
  // The floor has a build of its own, with another hash.
  [/app-[\w-]{8}\.css/g, "app.css"],
  // The floor has a page's data in one script, React Router streams it through several.
  [/<script.*?<\/script>|<!--\/?\$-->/gs, ""],
  [/ nonce="[^"]*"/g, ""],
];

function withoutVariableParts(text: string): string {
  return VARIABLE_PARTS.reduce((rest, [pattern, name]) => rest.replace(pattern, name), text);
}

/** The floor sends a value that is used twice as one parameter. */
function withoutParameterNumbers(statement: string): string {
  return statement
    .replace(/\$\d+/g, "$")
    .replace(/\s+/g, " ")
    .replace(/ ?([(),]) ?/g, "$1")
    .trim();
}
