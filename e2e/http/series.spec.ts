import { call, newPerson, newTask } from "../support/api.ts";
import { MOVED_OCCURRENCES } from "../support/moved-occurrences.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

type Task = Record<string, unknown> & { id: string };
type Write = (server: DoableServer, token: string, task: Task, changes: object) => Promise<Response>;

const WRITES: Record<string, Write> = {
  PATCH: (server, token, { id }, json) => call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, json }),
  PUT: (server, token, task, changes) => call(server, `/api/me/tasks/${task.id}`, { method: "PUT", token, json: { ...task, ...changes } }),
  batch: (server, token, { id }, task) =>
    call(server, "/api/me/tasks/batch", { token, json: { atomic: true, operations: [{ op: "update", id, task }] } }),
};

function does(server: DoableServer, token: string, verb: string, id: string): Promise<Response> {
  return call(server, `/api/me/tasks/${id}/${verb}`, { method: "POST", token });
}

for (const [way, write] of Object.entries(WRITES)) {
  test(`an occurrence that is moved with ${way} leaves the rhythm of its rule alone`, async ({ server }) => {
    const { token } = await newPerson(server);
    for (const [rrule, day, moved, next] of MOVED_OCCURRENCES) {
      const task = await newTask(server, token, { due: { date: day }, recurrence: { rrule, anchor: "due" } });
      expect((await write(server, token, task, { due: { date: moved, time: null, timezone: null } })).status).toBe(200);
      const completed = await (await does(server, token, "complete", task.id)).json();
      expect([rrule, completed.next.due.date]).toEqual([rrule, next]);
      expect(Object.keys(completed.next)).toEqual(Object.keys(task));
    }
  });
}

const REOPENINGS: Record<string, Write> = { ...WRITES, reopen: (server, token, { id }) => does(server, token, "reopen", id) };

for (const [way, write] of Object.entries(REOPENINGS)) {
  test(`an older occurrence that is opened with ${way} is a task of its own, and the series goes on`, async ({ server }) => {
    const { token } = await newPerson(server);
    const read = async (id: string) => (await call(server, `/api/me/tasks/${id}`, { token })).json();
    const recurrence = { rrule: "FREQ=WEEKLY;BYDAY=MO;COUNT=5", anchor: "due" };
    const first = await newTask(server, token, { due: { date: "2030-03-04" }, recurrence });
    const second = (await (await does(server, token, "complete", first.id)).json()).next;
    const third = (await (await does(server, token, "complete", second.id)).json()).next;
    expect(third.due.date).toBe("2030-03-18");
    expect((await write(server, token, await read(first.id), { status: "open" })).status).toBe(200);
    expect(await read(first.id)).toMatchObject({ status: "open", due: first.due, recurrence: null, series_id: null });
    expect(await read(third.id)).toEqual(third);
    expect((await write(server, token, await read(second.id), { status: "open" })).status).toBe(200);
    expect(await read(second.id)).toMatchObject({ status: "open", recurrence: second.recurrence, series_id: first.id });
    expect((await call(server, `/api/me/tasks/${third.id}`, { token })).status).toBe(404);
  });
}
