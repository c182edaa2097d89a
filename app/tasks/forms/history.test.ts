import { expect, test } from "vitest";
import { describeChange, type HistoryContext, type PastTask } from "#app/tasks/forms/history.ts";
import { userNowAt } from "#app/time.ts";

const row: PastTask = {
  ...{ title: "a", notes: "", status: "open", priority: 0, labels: ["x"], rank: "k1", listId: null, parentId: null },
  ...{ dueDate: null, dueTime: null, dueTimezone: null, startDate: null, rrule: null, recurrenceAnchor: null },
  ...{ externalId: null, deletedAt: null },
};

const context: HistoryContext = {
  userNow: userNowAt(Temporal.Instant.from("2026-11-21T12:00:00Z"), "Europe/Berlin"),
  clock: "12",
  lists: new Map([["l1", "Home"]]),
  tasks: new Map([["t1", "Thesis"]]),
};

test.each<[string[], Partial<PastTask>, Partial<PastTask>]>([
  [["Moved to the trash"], {}, { deletedAt: "2026-11-21" }],
  [["Moved to the trash", "List changed from Home to Inbox"], { listId: "l1" }, { deletedAt: "2026-11-21", listId: null }],
  [["Brought back from the trash"], { deletedAt: "2026-11-21" }, { deletedAt: null }],
  [["Completed", "Title changed from “a” to “b”"], {}, { status: "done", title: "b" }],
  [["Opened again"], { status: "done" }, { status: "open" }],
  [["Due date set to Tue 1 Dec 8am"], {}, { dueDate: "2026-12-01", dueTime: "08:00:00" }],
  [["Due date changed from Today to Tomorrow"], { dueDate: "2026-11-21" }, { dueDate: "2026-11-22" }],
  [["Due date removed, it was Sun 21 Nov 2027"], { dueDate: "2027-11-21" }, { dueDate: null }],
  [
    ["Due date changed from Tue 1 Dec 8am to Tue 1 Dec 12am (set in Asia/Tokyo)"],
    { dueDate: "2026-12-01", dueTime: "08:00:00" },
    { dueTimezone: "Asia/Tokyo" },
  ],
  [["Hide until set to Mon 30 Nov"], {}, { startDate: "2026-11-30" }],
  [["Repeat set to every week on Mon"], {}, { rrule: "FREQ=WEEKLY;BYDAY=MO", recurrenceAnchor: "due" }],
  [
    ["Repeat changed from every day to every day, from completion"],
    { rrule: "FREQ=DAILY", recurrenceAnchor: "due" },
    { recurrenceAnchor: "completion" },
  ],
  [["Priority set to high"], {}, { priority: 3 }],
  [["Priority changed from high to low"], { priority: 3 }, { priority: 1 }],
  [["List changed from Inbox to Home"], {}, { listId: "l1", rank: "k2" }],
  [["List changed from a list that is gone to Inbox"], { listId: "l2" }, { listId: null }],
  [["External id set to row-7"], {}, { externalId: "row-7" }],
  [["External id changed from row-7 to row-8"], { externalId: "row-7" }, { externalId: "row-8" }],
  [["External id removed, it was row-7"], { externalId: "row-7" }, { externalId: null }],
  [["Notes added"], {}, { notes: "n" }],
  [["Notes changed"], { notes: "n" }, { notes: "m" }],
  [["Notes removed"], { notes: "n" }, { notes: "" }],
  [["Labels added: #y, #z", "Label removed: #x"], {}, { labels: ["y", "z"] }],
  [["Labels put in another order"], { labels: ["x", "y"] }, { labels: ["y", "x"] }],
  [["Made a subtask of “Thesis”"], { listId: "l1" }, { parentId: "t1" }],
  [["List changed from Home to Inbox", "Made a subtask of “Thesis”"], { listId: "l1" }, { listId: null, parentId: "t1" }],
  [["Made a task of its own, it was a subtask of a task that is gone"], { parentId: "t2" }, { parentId: null }],
  [["Moved to another place in the list"], {}, { rank: "k2" }],
  [["Changed"], {}, {}],
])("the history describes a change: %s", (words, before, after) => {
  expect(describeChange({ ...row, ...before }, { ...row, ...before, ...after }, context)).toEqual(words);
});
