import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { createAll, parseLines } from "#app/tasks/capture/lines.server.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { makeList, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

const TRIP = [
  { input: taskInput({ title: "Trip" }), parent: null },
  { input: taskInput({ title: "Tickets" }), parent: 0 },
  { input: taskInput({ title: "Home" }), parent: null },
];

test("lines become tasks in order, with their subtasks, as one change that a single undo reverts", async () => {
  const user = await createTestUser();
  const [trip, tickets, home] = unwrap(await createAll(user, TRIP));
  expect(tickets).toMatchObject({ parentId: trip?.id });
  expect(new Set([trip, tickets, home].map((task) => task?.changeSeq)).size).toBe(1);
  const listed = await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 10 });
  expect(listed?.tasks.map(({ title }) => title)).toEqual(["Trip", "Tickets", "Home"]);
  expect(await changesOf(user).undo(trip?.changeSeq ?? 0)).toBe(3);
  expect(await tasksOf(user).find(home?.id ?? "")).toBeUndefined();
});

test("if one task is rejected, none is created", async () => {
  const user = await createTestUser();
  const withoutList = taskInput({ title: "In a list that is gone", list_id: randomUUID() });
  expect(await createAll(user, [...TRIP, { input: withoutList, parent: null }])).toBeInstanceOf(InvalidFields);
  expect((await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 10 }))?.tasks).toEqual([]);
});

test("tasks cannot be created in another user's list", async () => {
  const theirs = await makeList(listsOf(await createTestUser()), { name: "Home" });
  const input = taskInput({ list_id: theirs.id });
  expect(await createAll(await createTestUser(), [{ input, parent: null }])).toBeInstanceOf(InvalidFields);
});

test("each line is captured separately, with only its own rejected texts", () => {
  const context = { now: Temporal.ZonedDateTime.from("2026-11-21T12:00[Europe/Lisbon]"), lists: [{ id: "1", name: "Home" }] };
  const lines = parseLines("Call Ann #phone\n  Find her number #phone +Home\nCall Ben #phone +Home", {
    ...context,
    rejected: ["2 #phone"],
  });
  expect(lines.map(({ captured }) => captured.fields)).toMatchObject([
    { title: "Call Ann", labels: ["phone"], list: null },
    // A subtask is in its parent's list.
    { title: "Find her number +Home", labels: ["phone"], list: null },
    { title: "Call Ben #phone", labels: [], list: { name: "Home" } },
  ]);
});
