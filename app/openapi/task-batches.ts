import { BatchInput, BatchResponse, MAX_OPERATIONS } from "#app/changes/operation.ts";
import { LIST_ID, list, OTHER_TASK_ID, TASK_ID, task, taskFields } from "#app/openapi/examples.ts";
import type { Paths } from "#app/openapi/operation-spec.ts";
import { problemExample } from "#app/openapi/problem-responses.ts";
import { QuickInput, QuickPreview, QuickTask } from "#app/tasks/wire/quick.ts";

export const batchRequests = { Batch: BatchInput, Quick: QuickInput };
export const batchResponses = { BatchAnswer: BatchResponse, QuickPreview, QuickTask };

const operations = [
  { op: "create", task: { title: "Pay rent" } },
  { op: "create_list", list: { name: "Home" } },
  { op: "skip", id: TASK_ID },
  { op: "update", id: TASK_ID, if_version: 2, task: { priority: 3 } },
  { op: "move", id: TASK_ID, task: { after: OTHER_TASK_ID } },
  { op: "complete", id: TASK_ID },
  { op: "reopen", id: TASK_ID },
  { op: "delete", id: OTHER_TASK_ID },
  { op: "restore", id: OTHER_TASK_ID },
  { op: "move_list", id: "#1", list: { before: LIST_ID } },
];
const spans = [
  { start: 9, end: 15, kind: "recurrence", text: "monthly", meaning: "FREQ=MONTHLY" },
  { start: 16, end: 21, kind: "label", text: "#home", meaning: "home" },
];

export const batchPaths: Paths = {
  "/api/{user_id}/tasks/batch": {
    post: {
      id: "batchTasks",
      tag: "Tasks",
      summary: `Do up to ${MAX_OPERATIONS} writes as one`,
      description:
        "All operations are one change, which one undo reverts. With `atomic`, all are done or none; otherwise each succeeds or fails by itself. In place of an id, `#0` is the task or list that the first operation wrote, `#1` the second, and so on; an operation that refers to a failed one is not done (424).",
      needs: "tasks:write",
      body: { schema: "Batch", example: { atomic: true, operations } },
      responses: {
        200: {
          description: "All operations were done.",
          schema: "BatchAnswer",
          example: {
            results: [
              { status: 201, list },
              { status: 201, task },
            ],
          },
        },
        207: {
          description: "Some operations failed; the others were done.",
          schema: "BatchAnswer",
          example: { results: [{ status: 404, problem: problemExample("not_found") }] },
        },
      },
      problems: ["batch_failed"],
    },
  },
  "/api/{user_id}/tasks/quick": {
    post: {
      id: "quickTask",
      tag: "Tasks",
      summary: "Add a task from one line of text",
      description: "Reads dates, labels and other fields in the line as the capture box on the pages does, and says which words it read.",
      needs: "tasks:write",
      body: { schema: "Quick", example: { text: "Pay rent monthly #home" } },
      responses: {
        200: {
          description: "With `dry_run`: the task that would be created.",
          schema: "QuickPreview",
          example: { task: taskFields, spans },
        },
        201: { description: "The new task.", schema: "QuickTask", headers: ["ETag", "Location"], example: { task, spans } },
      },
      problems: ["quota_exceeded"],
    },
  },
};
