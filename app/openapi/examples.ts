import { TaskInputJson } from "#app/tasks/task.ts";

export const OPENAPI_VERSION = "3.1.1";

export const USER_ID = "0199a3c2-1f0b-7c3e-8d21-6b0f4a9e7001";
export const TASK_ID = "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001";
export const OTHER_TASK_ID = "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be002";
export const LIST_ID = "0199a3c2-2b7d-7e10-b1c4-90d2c3f5a001";

const INSTANT = "2026-11-21T09:00:00.000Z";

/** Every field; those not given here have their default. */
export const taskFields = TaskInputJson.parse({
  title: "Pay rent",
  notes: "By *transfer*",
  labels: ["home"],
  priority: 2,
  due: { date: "2026-12-01", time: "17:00" },
  recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=1", anchor: "due" },
});

export const task = {
  id: TASK_ID,
  ...taskFields,
  series_id: TASK_ID,
  rank: "k00000000007",
  created_at: INSTANT,
  updated_at: INSTANT,
  completed_at: null,
  deleted_at: null,
  version: 7,
  url: `https://doable.example/task/${TASK_ID}`,
};

export const list = {
  id: LIST_ID,
  name: "Home",
  color: "green",
  rank: "k00000000003",
  open_count: 4,
  created_at: INSTANT,
  updated_at: INSTANT,
  version: 1,
};
