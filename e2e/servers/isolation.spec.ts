import { randomUUID } from "node:crypto";
import { call, newPerson, newTask } from "../support/api.ts";
import { type Description, isBearer, type Operation, readDescription } from "../support/description.ts";
import { type Belongings, exampleOf, newBelongings, newList, ownIn, sendRequest } from "../support/requests.ts";
import type { DoableServer } from "../support/server.ts";
import { nameOf, type Slot, slotsOf, withSlot } from "../support/slots.ts";
import { expect, test } from "../support/test.ts";

// One user's token on every operation, with another user's value in every slot that can hold one.

test.use({ serverEnv: { API_READS_PER_MINUTE: "1000000", API_WRITES_PER_MINUTE: "1000000" } });

test.setTimeout(180_000);

const SECRET = "Quiet-Heron-4711";

interface Owner {
  id: string;
  token: string;
  own: Belongings;
  /** The owner's values by slot name; other slots hold one of `ids`. */
  values: Record<string, string[]>;
  ids: string[];
}

/** Has data of every kind, with names that are recognizable in responses. */
async function newOwner(server: DoableServer): Promise<Owner> {
  const { id, token } = await newPerson(server);
  const own = { ...(await newBelongings(server, token)), list_id: await newList(server, token, SECRET) };
  const marked = { title: SECRET, notes: SECRET, labels: [SECRET], external_id: SECRET };
  const task = await newTask(server, token, marked);
  const child = await newTask(server, token, { title: SECRET, parent_id: task.id });
  const trashed = await newTask(server, token, { title: SECRET });
  await call(server, `/api/me/tasks/${trashed.id}`, { method: "DELETE", token });
  await call(server, "/api/me/tasks", { token, json: { title: SECRET }, headers: { "Idempotency-Key": SECRET } });
  const page = await (await call(server, "/api/me/tasks?limit=1", { token })).json();
  const changes = await (await call(server, "/api/me/changes?limit=1", { token })).json();
  const values = {
    cursor: [page.next_cursor],
    since: [changes.next],
    "Idempotency-Key": [SECRET],
    external_id: [SECRET],
    label: [SECRET],
    q: [SECRET],
    name: [SECRET],
  };
  return { id, token, own, values, ids: [task.id, child.id, trashed.id, own.task_id, own.list_id, id] };
}

async function everythingOf(server: DoableServer, { operations }: Description, { token, own }: Owner): Promise<string[]> {
  const reading = operations.filter((operation) => operation.method === "GET" && isBearer(operation));
  const answers = await Promise.all(reading.map((operation) => sendRequest(server, operation, exampleOf(operation, own), { token })));
  for (const answer of answers) expect(answer.status).toBe(200);
  return Promise.all(answers.map((answer) => answer.text()));
}

/** Everything that could reveal whether the value exists. */
async function outcomeOf(answer: Response) {
  const text = await answer.text();
  const { code, errors } = answer.status >= 400 ? JSON.parse(text) : {};
  return { status: answer.status, code, errors, replayed: answer.headers.get("Idempotency-Replayed"), text };
}

test("every operation on another user's path is rejected", async ({ server }) => {
  const { operations } = await readDescription(server);
  const owner = await newOwner(server);
  const { token } = await newPerson(server);
  for (const operation of operations.filter(({ path }) => path.includes("{user_id}"))) {
    for (const user_id of [owner.id, randomUUID()]) {
      const request = exampleOf(operation, { ...owner.own, user_id });
      const { status, code, text } = await outcomeOf(await sendRequest(server, operation, request, { token }));
      expect([operation.operationId, status, code]).toEqual([operation.operationId, 403, "user_mismatch"]);
      expect(text).not.toContain(SECRET);
    }
  }
});

test("another user's value in any slot gets the same response as an unknown value", async ({ server }) => {
  const description = await readDescription(server);
  const owner = await newOwner(server);
  const before = await everythingOf(server, description, owner);
  const { token } = await newPerson(server);
  for (const operation of description.operations.filter(isBearer)) {
    await test.step(operation.operationId, async () => {
      const own = await newBelongings(server, token, operation.operationId);
      const control = await sendRequest(server, operation, exampleOf(operation, own), { token });
      expect(control.ok, `${operation.operationId} succeeds with one's own: ${await control.clone().text()}`).toBe(true);
      for (const slot of slotsOf(description, operation)) await expectNothingThrough(server, operation, slot, owner);
    });
  }
  expect(await everythingOf(server, description, owner)).toEqual(before);
});

async function expectNothingThrough(server: DoableServer, operation: Operation, slot: Slot, owner: Owner): Promise<void> {
  // A new user each time: an external id that this user has taken would be their own.
  const { token } = await newPerson(server);
  const place = `${operation.operationId} ${slot.in} /${slot.way.join("/")}`;
  async function outcomeWith(value: string | undefined, alone: boolean) {
    const own = await newBelongings(server, token, operation.operationId);
    const mine = ownIn(operation, slot.way, own) ?? own[nameOf(slot) as keyof Belongings] ?? randomUUID();
    return outcomeOf(await sendRequest(server, operation, withSlot(exampleOf(operation, own), slot, value ?? mine, alone), { token }));
  }
  // If the example plus this field is an error, the field excludes others and is sent alone. A cursor can't be made up.
  const isText = nameOf(slot) in owner.values;
  const alone = !isText && (await outcomeWith(undefined, false)).status >= 400;
  if (alone) expect((await outcomeWith(undefined, true)).status, `${place} with one's own`).toBeLessThan(400);
  const { text: _, ...nobodys } = await outcomeWith(isText ? `x${randomUUID()}` : randomUUID(), alone);
  for (const value of owner.values[nameOf(slot)] ?? owner.ids) {
    const { text, ...theirs } = await outcomeWith(value, alone);
    expect([place, value, theirs]).toEqual([place, value, nobodys]);
    expect(text.replaceAll(value, ""), `${place} tells nothing`).not.toContain(SECRET);
  }
}
