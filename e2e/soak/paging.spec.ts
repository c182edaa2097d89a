import { call, newPerson } from "../support/api.ts";
import { ids, readPages, type Task } from "../support/paging.ts";
import { expect, test } from "../support/test.ts";

test.use({ serverEnv: { API_WRITES_PER_MINUTE: "1000" } });

test("paging through 5,000 tasks misses and repeats none while others are added, moved and deleted", async ({ server }) => {
  const { token } = await newPerson(server);
  const batch = async (operations: unknown[]): Promise<string[]> => {
    const answer = await call(server, "/api/me/tasks/batch", { token, json: { atomic: true, operations } });
    expect(answer.status).toBe(200);
    return (await answer.json()).results.flatMap(({ task }: { task?: Task }) => task?.id ?? []);
  };
  const hundred = (title: string) => Array.from({ length: 100 }, () => ({ op: "create", task: { title } }));
  const staying: string[] = [];
  let others: string[] = [];
  for (let hundreds = 0; hundreds < 50; hundreds++) {
    staying.push(...(await batch(hundred("Stays"))));
    others.push(
      ...(await batch([
        { op: "create", task: { title: "Goes" } },
        { op: "create", task: { title: "Moves" } },
      ])),
    );
  }
  let isRead = false;
  async function stir(): Promise<void> {
    for (let round = 0; !isRead; round++) {
      const [gone = "", moved = "", ...rest] = others;
      const position = round % 2 === 0 ? "first" : "last";
      const made = await batch([
        { op: "delete", id: gone },
        { op: "move", id: moved, task: { position } },
        { op: "create", task: { title: "New" } },
      ]);
      others = [...rest, ...made];
    }
  }
  const read = readPages(server, token, "limit=100").finally(() => {
    isRead = true;
  });
  const [seen] = await Promise.all([read, stir()]);
  const stayed = new Set(staying);
  expect(ids(seen).filter((id) => stayed.has(id))).toEqual(staying);
  expect(others.length).toBeGreaterThan(2);
});
