import fc from "fast-check";
import { generateNKeysBetween } from "fractional-indexing";
import { LIST_COLORS } from "#app/lists/list.ts";

// Random archives, as an export would write them.

/** Text that CSV, spreadsheets or JSON could misinterpret. */
const awkward = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    "=1+1",
    "'=1",
    "''-x",
    "+351 91",
    "@home",
    "-",
    "'tis",
    '"',
    '""',
    ",",
    ";",
    "a,b",
    "a\r\nb",
    "\rx",
    "a\nb",
    "\tx",
    "　x",
    "🪴",
    "null",
    "0",
  ),
);
const title = awkward.map((text) => text.trim()).filter((text) => text !== "" && !text.includes("\0") && text.isWellFormed());
const notes = fc.oneof(fc.constant(""), awkward).filter((text) => !text.includes("\0") && text.isWellFormed());
const label = title.filter((text) => !text.includes(","));
const instant = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const day = instant.map((text) => text.slice(0, 10));
const due = fc.record({
  date: day,
  time: fc.option(fc.constantFrom("00:00", "09:30", "23:59")),
  timezone: fc.option(fc.constantFrom("Asia/Tokyo", "America/New_York", "Pacific/Kiritimati")),
});
const recurrence = fc.record({
  rrule: fc.constantFrom(
    "FREQ=DAILY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3",
  ),
  anchor: fc.constantFrom("due", "completion"),
});

const list = fc.record({
  id: fc.uuid(),
  name: title,
  color: fc.option(fc.constantFrom(...LIST_COLORS)),
  created_at: instant,
  updated_at: instant,
});

const task = fc.record({
  id: fc.uuid(),
  title,
  notes,
  isDone: fc.boolean(),
  labels: fc.uniqueArray(label, { maxLength: 3 }),
  priority: fc.integer({ min: 0, max: 3 }),
  due: fc.option(due),
  recurrence: fc.option(recurrence, { freq: 3 }),
  occurrence_date: fc.option(day),
  previous_id: fc.option(fc.uuid()),
  external_id: fc.option(fc.uuid(), { freq: 4 }),
  created_at: instant,
  updated_at: instant,
  changed_at: instant,
  trashed_at: fc.option(instant, { freq: 4 }),
  /** The index of its list or parent, if there are as many. */
  containerIndex: fc.nat({ max: 8 }),
  isSubtask: fc.boolean(),
});

export const anyArchive = fc
  .record({
    lists: fc.uniqueArray(list, { maxLength: 4, selector: ({ id }) => id }),
    tasks: fc.uniqueArray(task, { maxLength: 12, selector: ({ id }) => id }),
  })
  .map(({ lists, tasks }) => {
    const ranks = generateNKeysBetween(null, null, lists.length + tasks.length);
    const rankedLists = lists.map((one, index) => ({ ...one, rank: ranks[index] ?? "" }));
    const archived: ReturnType<typeof toArchivedTask>[] = [];
    for (const [index, one] of tasks.entries()) {
      const parents = archived.filter(({ parent_id, deleted_at }) => parent_id === null && deleted_at === null);
      const parent = one.isSubtask ? parents[one.containerIndex] : undefined;
      archived.push(
        toArchivedTask(
          one,
          ranks[lists.length + index] ?? "",
          parent?.id ?? null,
          parent ? parent.list_id : (lists[one.containerIndex]?.id ?? null),
        ),
      );
    }
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    return { version: 1, lists: rankedLists, tasks: archived.toSorted(byId) };
  });

type Generated = typeof task extends fc.Arbitrary<infer T> ? T : never;

function toArchivedTask(generated: Generated, rank: string, parent_id: string | null, list_id: string | null) {
  const {
    isDone,
    changed_at,
    trashed_at,
    containerIndex: _containerIndex,
    isSubtask: _isSubtask,
    created_at,
    updated_at,
    ...fields
  } = generated;
  const repeats = fields.recurrence && fields.due ? fields.recurrence : null;
  return {
    ...fields,
    status: isDone ? "done" : "open",
    list_id,
    parent_id,
    start_date: fields.due && fields.priority === 3 ? fields.due.date : null,
    recurrence: repeats,
    series_id: repeats && fields.id,
    occurrence_date: repeats && fields.occurrence_date,
    rank,
    created_at,
    updated_at,
    completed_at: isDone ? changed_at : null,
    deleted_at: trashed_at,
  };
}
