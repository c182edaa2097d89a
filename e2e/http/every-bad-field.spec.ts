import { randomUUID } from "node:crypto";
import { call, newPerson, newTask, pointersOf, problemOf, wholeTask } from "../support/api.ts";
import { newBelongings } from "../support/requests.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

interface Ids {
  task: string;
  list: string;
}

/** Ids of the user, of another user, and of nothing: the last two must be refused in the same way. */
async function prepare(server: DoableServer) {
  const [{ token }, stranger] = [await newPerson(server), await newPerson(server)];
  const own = await newBelongings(server, token);
  const theirs = await newBelongings(server, stranger.token);
  const unknown: Ids[] = [
    { task: theirs.task_id, list: theirs.list_id },
    { task: randomUUID(), list: randomUUID() },
  ];
  return { token, own, unknown };
}

test("a write names every bad field at once, also those that only a look-up finds", async ({ server }) => {
  const { token, own, unknown } = await prepare(server);
  const subtask = await newTask(server, token, { parent_id: own.other_task_id });
  const [task, list, external] = [`tasks/${own.task_id}`, `lists/${own.list_id}`, "tasks/by-external-id"];
  for (const no of unknown) {
    const places = { list_id: no.list, parent_id: no.task };
    const refused: [method: string, path: string, json: object, pointers: string[]][] = [
      ["POST", "tasks", { ...places, title: "", foo: 1 }, ["/foo", "/list_id", "/parent_id", "/title"]],
      ["POST", "tasks", { title: "", list_id: no.list, parent_id: "x" }, ["/list_id", "/parent_id", "/title"]],
      ["POST", "tasks", { title: "x", ...places, recurrence: weekly }, ["/list_id", "/parent_id", "/recurrence"]],
      ["POST", "tasks", { title: "", recurrence: weekly, due: { date: "x" } }, ["/due/date", "/title"]],
      ["POST", "tasks", { title: "", recurrence: weekly, list_id: no.list }, ["/list_id", "/recurrence", "/title"]],
      ["POST", "tasks", { title: "", list_id: own.list_id, parent_id: subtask.id }, ["/parent_id", "/title"]],
      ["PATCH", task, { ...places, title: "", version: 99 }, ["/list_id", "/parent_id", "/title", "/version"]],
      ["PATCH", task, { list_id: no.list, version: 99, start_date: "2027-01-01" }, ["/list_id", "/start_date", "/version"]],
      ["PATCH", `tasks/${subtask.id}`, { title: "", list_id: own.list_id }, ["/list_id", "/title"]],
      ["PATCH", `tasks/${no.task}`, { title: "", list_id: no.list, recurrence: weekly, version: 9 }, ["/list_id", "/title"]],
      ["PUT", task, { ...wholeTask(""), ...places, priority: 9 }, ["/list_id", "/parent_id", "/priority", "/title"]],
      ["POST", `${task}/move`, { after: "x", ...places }, ["/after", "/list_id", "/parent_id"]],
      ["POST", `${task}/move`, { after: no.task, ...places }, ["/after", "/list_id", "/parent_id"]],
      ["POST", `${task}/move`, { after: "x", before: no.task, list_id: no.list }, ["", "/after", "/before", "/list_id"]],
      ["PUT", `${external}/%20`, { title: "", list_id: no.list }, ["/external_id", "/list_id", "/title"]],
      ["PUT", `${external}/new`, { title: "", ...places, version: 1 }, ["/list_id", "/parent_id", "/title", "/version"]],
      ["PUT", `${external}/new`, { title: "x", list_id: no.list, version: 1 }, ["/list_id", "/version"]],
      ["PATCH", list, { name: "", color: "pink", version: 99 }, ["/color", "/name", "/version"]],
      ["POST", `${list}/move`, { before: no.list, position: "middle" }, ["", "/before", "/position"]],
      ["PATCH", "", { name: "", scopes: [], settings: { clock: "13" } }, ["/name", "/scopes", "/settings/clock"]],
      ["POST", "tasks?a=1", { title: "", list_id: no.list }, ["/list_id", "/title", "?a"]],
    ];
    for (const [method, path, json, pointers] of refused) {
      const answer = await call(server, `/api/me${path && `/${path}`}`, { method, token, json });
      const problem = await problemOf(answer, 422, "invalid_fields");
      expect([method, path, json, pointersOf(problem).sort()]).toEqual([method, path, json, pointers]);
    }
  }
});

const weekly = { rrule: "FREQ=WEEKLY", anchor: "due" };

test("each operation of a batch names every bad field at once, and so does a batch that can't be read", async ({ server }) => {
  const { token, own, unknown } = await prepare(server);
  for (const no of unknown) {
    const operations = [
      { op: "create_list", list: { name: "Made here" } },
      { op: "create", task: { title: "", list_id: no.list, parent_id: "#9" } },
      { op: "create", task: { title: "x", list_id: no.list, parent_id: "#0" } },
      { op: "create", task: { title: "", list_id: "#0", due: { date: "x" } } },
      { op: "update", id: own.task_id, task: { title: "", parent_id: no.task, version: 99 } },
      { op: "move", id: own.task_id, foo: 1, task: { after: no.task, list_id: "x" } },
      { op: "update_list", id: own.list_id, list: { name: "", version: 99 } },
      { op: "move_list", id: own.list_id, list: { after: no.list, position: "middle" } },
    ];
    const expected = [
      [],
      ["/task/list_id", "/task/parent_id", "/task/title"],
      ["/task/list_id", "/task/parent_id"],
      ["/task/due/date", "/task/title"],
      ["/task/parent_id", "/task/title", "/task/version"],
      ["/foo", "/task/after", "/task/list_id"],
      ["/list/name", "/list/version"],
      ["/list", "/list/after", "/list/position"],
    ].map((pointers, index) => pointers.map((pointer) => `/operations/${index}${pointer}`));
    const answer = await call(server, "/api/me/tasks/batch", { token, json: { operations } });
    const { results } = await answer.json();
    expect(
      results.map(({ problem }: { problem?: Parameters<typeof pointersOf>[0] }) => (problem ? pointersOf(problem).sort() : [])),
    ).toEqual(expected);
    const unread = await call(server, "/api/me/tasks/batch", { token, json: { atomic: "yes", operations } });
    expect(pointersOf(await problemOf(unread, 422, "invalid_fields")).sort()).toEqual(["/atomic", ...expected.flat()].sort());
  }
  // One for each batch that was read, beside the two from before: what can't be read does nothing.
  expect((await (await call(server, "/api/me/lists", { token })).json()).items).toHaveLength(4);
});
