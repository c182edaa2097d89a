import type { Asked } from "./asking.ts";
import type { Contestant } from "./contestants.ts";

/**
 * Asks both once, and throws unless the floor answers what Doable does, from the same statements. What may differ is
 * what differs between two answers of Doable: ids, times, versions, and what a page says of its scripts.
 */
export async function requireSame(doable: Contestant, floor: Contestant, name: string, asked: Asked): Promise<void> {
  const [expected, found] = [await answerOf(doable, asked), await answerOf(floor, asked)];
  for (const part of ["status", "body", "statements"] as const) {
    if (expected[part] === found[part]) continue;
    throw new Error(`${name}: the floor has another ${part}.\nDoable: ${expected[part]}\nThe floor: ${found[part]}`);
  }
}

async function answerOf(contestant: Contestant, { method, path, headers, body }: Asked) {
  let [status, text] = [0, ""];
  const statements = await contestant.statementsOf(async () => {
    const answer = await fetch(contestant.origin + path, {
      method,
      headers,
      ...(body && { body: body.replace("[<id>]", crypto.randomUUID()) }),
    });
    [status, text] = [answer.status, await answer.text()];
  });
  if (status >= 300) throw new Error(`${contestant.name} answers ${method} ${path} with ${status}: ${text}`);
  return { status, body: lasting(text), statements: statements.map(unnumbered).toSorted().join("\n") };
}

const PASSING: [RegExp, string][] = [
  [/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "ID"],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME"],
  [/"rank":"\w+"/g, '"rank":"RANK"'],
  [/"version":\d+/g, '"version":VERSION'],
  // The floor has been built by itself.
  [/app-[\w-]{8}\.css/g, "app.css"],
  // The floor has the data of a page in one script, and React Router streams it through several.
  [/<script.*?<\/script>|<!--\/?\$-->/gs, ""],
  [/ nonce="[^"]*"/g, ""],
];

function lasting(text: string): string {
  return PASSING.reduce((rest, [pattern, name]) => rest.replace(pattern, name), text);
}

/** Without the numbers of its parameters: the floor sends what is used twice once. */
function unnumbered(statement: string): string {
  return statement
    .replace(/\$\d+/g, "$")
    .replace(/\s+/g, " ")
    .replace(/ ?([(),]) ?/g, "$1")
    .trim();
}
