import { expect, test } from "vitest";
import { describeChange, type HistoryContext, type PastTask } from "#app/tasks/forms/history.ts";
import { userNowAt } from "#app/time.ts";

const row: PastTask = {
  ...{ title: "a", notes: "", status: "open", priority: 0, labels: ["x"], rank: "k1", list_id: null, parent_id: null },
  ...{ due_date: null, due_time: null, due_timezone: null, start_date: null, rrule: null, recurrence_anchor: null },
  ...{ external_id: null, deleted_at: null },
};

const context: HistoryContext = {
  userNow: userNowAt(Temporal.Instant.from("2026-11-21T12:00:00Z"), "Europe/Berlin"),
  clock: "12",
  lists: new Map([["l1", "Home"]]),
  tasks: new Map([["t1", "Thesis"]]),
};

test.each<[string[], Partial<PastTask>, Partial<PastTask>]>([
  [["Moved to the trash"], {}, { deleted_at: "2026-11-21" }],
  [["Moved to the trash", "List changed from Home to Inbox"], { list_id: "l1" }, { deleted_at: "2026-11-21", list_id: null }],
  [["Brought back from the trash"], { deleted_at: "2026-11-21" }, { deleted_at: null }],
  [["Completed", "Title changed from “a” to “b”"], {}, { status: "done", title: "b" }],
  [["Opened again"], { status: "done" }, { status: "open" }],
  [["Due date set to Tue 1 Dec 8am"], {}, { due_date: "2026-12-01", due_time: "08:00:00" }],
  [["Due date changed from Today to Tomorrow"], { due_date: "2026-11-21" }, { due_date: "2026-11-22" }],
  [["Due date removed, it was Sun 21 Nov 2027"], { due_date: "2027-11-21" }, { due_date: null }],
  [
    ["Due date changed from Tue 1 Dec 8am to Tue 1 Dec 12am (set in Asia/Tokyo)"],
    { due_date: "2026-12-01", due_time: "08:00:00" },
    { due_timezone: "Asia/Tokyo" },
  ],
  [["Hide until set to Mon 30 Nov"], {}, { start_date: "2026-11-30" }],
  [["Repeat set to every week on Mon"], {}, { rrule: "FREQ=WEEKLY;BYDAY=MO", recurrence_anchor: "due" }],
  [
    ["Repeat changed from every day to every day, from completion"],
    { rrule: "FREQ=DAILY", recurrence_anchor: "due" },
    { recurrence_anchor: "completion" },
  ],
  [["Priority set to high"], {}, { priority: 3 }],
  [["Priority changed from high to low"], { priority: 3 }, { priority: 1 }],
  [["List changed from Inbox to Home"], {}, { list_id: "l1", rank: "k2" }],
  [["List changed from a list that is gone to Inbox"], { list_id: "l2" }, { list_id: null }],
  [["External id set to row-7"], {}, { external_id: "row-7" }],
  [["Notes added"], {}, { notes: "n" }],
  [["Notes changed"], { notes: "n" }, { notes: "m" }],
  [["Notes removed"], { notes: "n" }, { notes: "" }],
  [["Labels added: #y, #z", "Label removed: #x"], {}, { labels: ["y", "z"] }],
  [["Labels put in another order"], { labels: ["x", "y"] }, { labels: ["y", "x"] }],
  [["List changed from Home to its parent's", "Made a subtask of “Thesis”"], { list_id: "l1" }, { list_id: null, parent_id: "t1" }],
  [
    ["List changed from its parent's to Inbox", "Made a task of its own, it was a subtask of a task that is gone"],
    { parent_id: "t2" },
    { parent_id: null },
  ],
  [["Moved to another place in the list"], {}, { rank: "k2" }],
  [["Changed"], {}, {}],
])("the history describes a change: %s", (words, before, after) => {
  expect(describeChange({ ...row, ...before }, { ...row, ...before, ...after }, context)).toEqual(words);
});
