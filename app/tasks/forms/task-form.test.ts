import { expect, test } from "vitest";
import { repeatFormValues } from "#app/tasks/forms/repeat-form.ts";
import { formErrors, parseTaskChanges as parseChangesOf, parseNewTask as parseNewTaskOf } from "#app/tasks/forms/task-form.ts";
import { type Recurrence, Recurrence as RecurrenceSchema } from "#app/tasks/recurrence/recurrence.ts";
import { TaskInput } from "#app/tasks/task.ts";

function form(fields: Record<string, string | string[]>): FormData {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) data.append(name, value);
  return data;
}

function parseNewTask(fields: FormData) {
  return parseNewTaskOf(fields, 1);
}

function parseTaskChanges(fields: FormData, weekStart = 1) {
  return parseChangesOf(fields, weekStart);
}

test("a form with only a title is a valid task", () => {
  expect(parseNewTask(form({ title: " Pay rent " }))).toEqual({
    success: true,
    data: TaskInput.parse({ title: "Pay rent" }),
    values: { title: " Pay rent " },
  });
});

test("every field is read, and a CRLF becomes one line feed", () => {
  const listId = crypto.randomUUID();
  const parentId = crypto.randomUUID();
  const typed = {
    title: "t",
    notes: "one\r\ntwo\rthree\nfour",
    priority: "3",
    list: listId,
    labels: "home,  #to buy,home, ,",
    parent: parentId,
    external: "row-7",
  };
  const dated = { due: "2026-12-01", time: "17:00", timezone: "Asia/Tokyo", start: "2026-11-30", repeat: "daily" };
  expect(parseNewTask(form({ ...typed, ...dated }))).toMatchObject({
    success: true,
    data: {
      notes: "one\ntwo\rthree\nfour",
      priority: 3,
      listId: null,
      externalId: "row-7",
      labels: ["home", "to buy"],
      parentId,
      due: { date: "2026-12-01", time: "17:00", timezone: "Asia/Tokyo" },
      startDate: "2026-11-30",
      recurrence: { rrule: "FREQ=DAILY", anchor: "due" },
    },
  });
});

test("an invalid form keeps its values unchanged, with an error for each wrong field", () => {
  const typed = {
    title: "  ",
    notes: "x".repeat(20_001),
    priority: "high",
    due: "2026-02-30",
    list: "x",
    start: "x",
    repeat: "custom",
    rule: "x",
  };
  const parsed = parseNewTask(form(typed));
  expect(parsed.success).toBe(false);
  expect(parsed.values).toEqual(typed);
  expect(!parsed.success && Object.keys(parsed.errors).toSorted()).toEqual([
    "due",
    "list",
    "notes",
    "priority",
    "repeat",
    "start",
    "title",
  ]);
});

test("problems found by the repository are mapped to form fields", () => {
  const message = "is wrong";
  const pointers = ["/list_id", "/parent_id", "/external_id", "/start_date", "/recurrence", "/due/timezone", ""];
  expect(Object.keys(formErrors(pointers.map((pointer) => ({ pointer, message }))))).toEqual([
    "list",
    "parent",
    "external",
    "start",
    "repeat",
    "due",
    "form",
  ]);
});

test("a form can set neither the status nor the id of a task", () => {
  expect(parseNewTask(form({ title: "t", status: "done", id: "1" }))).toMatchObject({ success: true, data: { status: "open" } });
  expect(parseTaskChanges(form({ status: "done", id: "1", external_id: "x" }))).toEqual({ success: true, data: {}, values: {} });
});

test("a missing field stays unchanged, and an empty one is cleared", () => {
  const cleared = form({ notes: "", labels: "", list: "", due: "", start: "", parent: "", external: "", repeat: "" });
  expect(parseTaskChanges(form({}))).toMatchObject({ data: {} });
  expect(parseTaskChanges(form({ title: "t" }))).toMatchObject({ data: { title: "t" } });
  expect(parseTaskChanges(cleared)).toMatchObject({
    data: { notes: "", labels: [], listId: null, due: null, startDate: null, parentId: null, externalId: null, recurrence: null },
  });
});

test("a due day alone leaves time and zone unchanged; an empty time keeps the zone", () => {
  expect(parseTaskChanges(form({ due: "2026-12-01" }))).toMatchObject({ data: { due: { date: "2026-12-01" } } });
  expect(Object.keys((parseTaskChanges(form({ due: "2026-12-01" })) as { data: { due: object } }).data.due)).toEqual(["date"]);
  expect(parseTaskChanges(form({ due: "2026-12-01", time: "", timezone: "Asia/Tokyo" }))).toMatchObject({
    data: { due: { date: "2026-12-01", time: null, timezone: "Asia/Tokyo" } },
  });
});

test("a time without a day is an error", () => {
  for (const parse of [parseNewTask, parseTaskChanges]) {
    const typed = { title: "Call mum", due: "", time: "17:00" };
    expect(parse(form(typed))).toEqual({ success: false, values: typed, errors: { due: "A time needs a day" } });
    expect(parse(form({ ...typed, title: " " }))).toMatchObject({ errors: { due: "A time needs a day", title: expect.any(String) } });
    expect(parse(form({ ...typed, time: "" }))).toMatchObject({ success: true, data: { due: null } });
  }
});

test("a repeat without a day is passed on, for the repository to reject", () => {
  expect(parseTaskChanges(form({ due: "", repeat: "daily" }))).toMatchObject({ data: { due: null, recurrence: { rrule: "FREQ=DAILY" } } });
});

test("the list of a form does not apply to a task with a parent", () => {
  const parent = crypto.randomUUID();
  const list = crypto.randomUUID();
  expect(parseTaskChanges(form({ parent, list }))).toMatchObject({ data: { parentId: parent } });
  expect(parseTaskChanges(form({ parent, list }))).not.toHaveProperty("data.listId");
  expect(parseTaskChanges(form({ parent: "", list }))).toMatchObject({ data: { parentId: null, listId: list } });
});

test.each<[string, Record<string, string | string[]>]>([
  ["FREQ=DAILY", { repeat: "daily", every: "1" }],
  ["FREQ=DAILY;INTERVAL=3", { repeat: "daily", every: "3" }],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", { repeat: "weekly", every: "2", on: ["MO", "TH"] }],
  ["FREQ=MONTHLY", { repeat: "monthly", every: "1", on: ["MO"] }],
  ["FREQ=YEARLY;UNTIL=20301231", { repeat: "yearly", until: "2030-12-31", times: "3" }],
  ["FREQ=DAILY;COUNT=3", { repeat: "daily", every: "1", until: "", times: "3" }],
  ["FREQ=MONTHLY;BYDAY=-1FR", { repeat: "custom", rule: "FREQ=MONTHLY;BYDAY=-1FR", on: "MO", days: "FREQ=DAILY" }],
  ["FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;COUNT=3", { repeat: "custom", rule: "FREQ=MONTHLY;BYDAY=-1FR", every: "2", times: "3" }],
  ["FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", { repeat: "custom", rule: "INTERVAL=2;FREQ=MONTHLY;BYDAY=-1FR", every: "1" }],
])("the repeat fields give %s", (rrule, fields) => {
  expect(parseTaskChanges(form(fields))).toMatchObject({ data: { recurrence: { rrule, anchor: "due" } } });
});

test.each([
  "FREQ=DAILY",
  "FREQ=DAILY;INTERVAL=10;COUNT=4",
  "FREQ=WEEKLY;BYDAY=MO,WE,SU",
  "FREQ=WEEKLY;INTERVAL=2;UNTIL=20301231",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
  "FREQ=WEEKLY;INTERVAL=3;WKST=TH",
  "FREQ=WEEKLY;INTERVAL=3;BYMONTH=3;BYDAY=MO,SU;WKST=TH",
  "FREQ=DAILY;BYDAY=MO",
  "FREQ=MONTHLY;BYMONTHDAY=31",
  "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU;COUNT=9",
  "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
  "FREQ=YEARLY;INTERVAL=4;BYMONTH=2,3;BYMONTHDAY=-1;BYDAY=MO;UNTIL=20401231",
])("%s survives a round trip through the form fields", (rrule) => {
  for (const anchor of ["due", "completion"] as const) {
    const recurrence: Recurrence = RecurrenceSchema.parse({ rrule, anchor });
    for (const weekStart of [1, 6, 7]) {
      const values = { due: "2026-12-01", ...repeatFormValues(recurrence) } as Record<string, string>;
      expect(parseTaskChanges(form(values), weekStart)).toMatchObject({ data: { recurrence } });
    }
  }
});

const SUNDAY = "2026-11-29";
const MONDAY = "2026-11-30";

test.each([
  [7, { every: "2", on: ["SU", "MO"], due: MONDAY }, ";WKST=SU"],
  [7, { every: "2", on: ["MO", "TU"], due: SUNDAY }, ";WKST=SU"],
  [6, { every: "2", on: ["MO", "SU"], due: MONDAY }, ";WKST=SA"],
  // Not needed: the days are in the same week either way.
  [7, { every: "2", on: ["MO", "TU"], due: MONDAY }, ""],
  [7, { every: "2", on: ["SU"], due: SUNDAY }, ""],
  [6, { every: "2", on: ["SA", "SU"], due: SUNDAY }, ""],
  [1, { every: "2", on: ["SU", "MO"], due: MONDAY }, ""],
  [7, { every: "1", on: ["SU", "MO"], due: MONDAY }, ""],
  [7, { every: "2", on: ["SU", "MO"], due: "2026-02-30" }, undefined],
])("a user's week that begins on day %i gives %o the rule's %s", (weekStart, fields, weeks) => {
  const parsed = parseTaskChanges(form({ repeat: "weekly", ...fields }), weekStart);
  const rrule = parsed.success ? parsed.data.recurrence?.rrule : undefined;
  expect(rrule?.replace(/^.*BYDAY=[A-Z,]+/, "")).toBe(weeks);
});

test("a rule keeps the start of its weeks until its weekdays are changed", () => {
  const saved = repeatFormValues({ rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", anchor: "due" }) as Record<string, string>;
  const changed = (fields: Record<string, string | string[]>) => parseTaskChanges(form({ ...saved, due: MONDAY, ...fields }), 7);
  const rrule = (text: string) => ({ data: { recurrence: { rrule: text } } });
  expect(changed({ on: ["SU", "MO"], every: "3" })).toMatchObject(rrule("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SU"));
  expect(changed({ on: ["SU", "MO", "TU"] })).toMatchObject(rrule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,SU;WKST=SU"));
});

test("the repeat fields of a task without a repeat are empty", () => {
  expect(repeatFormValues(null)).toEqual({ repeat: "" });
});
