import { NoQuery } from "#app/http/read.ts";
import { OTHER_TASK_ID, task } from "#app/openapi/examples.ts";
import type { OperationSpec, Paths } from "#app/openapi/operation-spec.ts";
import { CompleteQuery, RestoreQuery, TaskMove } from "#app/tasks/wire/operation.ts";
import { PREVIEWED_DATES, PreviewInput, PreviewJson } from "#app/tasks/wire/recurrence-preview.ts";
import { CompletedJson } from "#app/tasks/wire/task-json.ts";

export const commandRequests = { TaskMove, RecurrencePreview: PreviewInput };
export const commandResponses = { Completed: CompletedJson, PreviewedDates: PreviewJson };

const done = { ...task, status: "done", completed_at: "2026-12-01T17:20:00.000Z", version: 8 };
const next = { ...task, id: OTHER_TASK_ID, due: { ...task.due, date: "2027-01-01" }, version: 1 };

const command = {
  tag: "Tasks",
  needs: "tasks:write",
  headers: ["IfMatch"],
  responses: { 200: { description: "The task as it is now.", schema: "Task", headers: ["ETag"], example: { ...task, version: 8 } } },
} satisfies Partial<OperationSpec>;

const plain = { ...command, query: { schema: NoQuery } };

export const commandPaths: Paths = {
  "/api/{user_id}/trash": {
    delete: {
      id: "emptyTrash",
      tag: "Tasks",
      summary: "Empty the trash",
      description: "Deletes every task in it for good.",
      needs: "tasks:write",
      query: { schema: NoQuery },
      responses: { 204: { description: "The trash is empty." } },
    },
  },
  "/api/{user_id}/recurrence/preview": {
    post: {
      id: "previewRecurrence",
      tag: "Tasks",
      summary: "The next dates of a repetition",
      description: `Up to ${PREVIEWED_DATES}, of a repetition that begins with \`due\`. Nothing is written.`,
      needs: "tasks:read",
      body: { schema: "RecurrencePreview", example: { rrule: "FREQ=MONTHLY", anchor: "due", due: "2027-01-31" } },
      responses: {
        200: {
          description: "The rule as it would be stored, and the dates.",
          schema: "PreviewedDates",
          example: {
            recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=31", anchor: "due" },
            dates: ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30"],
          },
        },
      },
    },
  },
  "/api/{user_id}/tasks/{task_id}/complete": {
    post: {
      ...command,
      id: "completeTask",
      summary: "Complete a task",
      description:
        "Completing a repeating task creates its next occurrence, which takes over its `external_id`. If that would exceed a quota, the task itself moves to its next date, and `next` has the same id. Completing a done task changes nothing and has the same response.",
      query: { schema: CompleteQuery },
      responses: {
        200: { description: "The task, and its next occurrence.", schema: "Completed", headers: ["ETag"], example: { task: done, next } },
      },
      problems: ["has_open_subtasks"],
    },
  },
  "/api/{user_id}/tasks/{task_id}/reopen": {
    post: {
      ...plain,
      id: "reopenTask",
      summary: "Reopen a task",
      description:
        "Deletes the occurrence that the task's completion created, if that is open and unchanged, and takes its `external_id` back. If that is changed or done, or the series goes on in another occurrence, the reopened task no longer repeats.",
    },
  },
  "/api/{user_id}/tasks/{task_id}/skip": {
    post: {
      ...plain,
      id: "skipTask",
      summary: "Skip an occurrence",
      description: "Moves a repeating task to its next date. COUNT goes down by one, as for an occurrence that is done.",
      problems: ["not_recurring"],
    },
  },
  "/api/{user_id}/tasks/{task_id}/restore": {
    post: {
      ...command,
      id: "restoreTask",
      summary: "Restore a task from the trash",
      description:
        "Restores the subtasks that were deleted with it, too. A subtask can be restored without its parent. If another task has taken the `external_id` of one of them, nothing is restored unless `drop_external_id` is true.",
      query: { schema: RestoreQuery },
      problems: ["external_id_taken"],
    },
  },
  "/api/{user_id}/tasks/{task_id}/move": {
    post: {
      ...command,
      id: "moveTask",
      summary: "Move a task in manual order",
      description:
        "Needs one of `after`, `before` and `position`; `list_id` and `parent_id` move the task into another list or below another parent. Its subtasks move to the list with it; a subtask that leaves its parent stays in the list.",
      body: { schema: "TaskMove", example: { after: OTHER_TASK_ID } },
    },
  },
};
