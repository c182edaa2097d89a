import { ChangeJson, ChangePageJson, HistoryQuery, UndoInput, VersionPageJson } from "#app/changes/history-json.ts";
import { HISTORY, UNDO_MINUTES } from "#app/changes/retention.ts";
import { task } from "#app/openapi/examples.ts";
import type { Paths } from "#app/openapi/operation-spec.ts";

export const historyRequests = { Undo: UndoInput };
export const historyResponses = { Change: ChangeJson, History: ChangePageJson, TaskHistory: VersionPageJson };

const key = { type: "key", id: "0199a3c2-4d11-7b02-8f6e-2c9d1a5b3001", name: "home-assistant" };

const change = {
  change: 41,
  at: "2026-11-21T09:00:00.000Z",
  origin: key,
  tasks: [{ id: task.id, title: task.title, action: "updated", fields: ["priority"] }],
  task_count: 1,
  lists: [],
  list_count: 0,
  undoes: null,
  undone_by: null,
  undoable_until: "2026-11-21T09:10:00.000Z",
};

const undo = {
  ...change,
  change: 42,
  at: "2026-11-21T09:01:00.000Z",
  origin: { type: "session" },
  undoes: 41,
  undoable_until: "2026-11-21T09:11:00.000Z",
};

const version = { version: task.version, change: change.change, at: change.at, origin: key, action: "updated", fields: ["priority"], task };

export const historyPaths: Paths = {
  "/api/{user_id}/history": {
    get: {
      id: "listHistory",
      tag: "Changes",
      summary: "The latest changes",
      description: `Newest first, for ${HISTORY.days} days: each with its number, when and by whom it was made, what it did, and until when it can be undone. One request is one change, however much it writes.`,
      needs: "tasks:read",
      query: { schema: HistoryQuery, example: { limit: 50 } },
      responses: {
        200: {
          description: "A page of changes.",
          schema: "History",
          headers: ["Link"],
          example: { items: [change], next_cursor: null },
        },
      },
      problems: ["malformed_request"],
    },
  },
  "/api/{user_id}/tasks/{task_id}/history": {
    get: {
      id: "listTaskHistory",
      tag: "Changes",
      summary: "Earlier versions of a task",
      description: `Newest first, beginning with the task as it is. A version is kept for ${HISTORY.days} days after it was replaced.`,
      needs: "tasks:read",
      query: { schema: HistoryQuery, example: { limit: 50 } },
      responses: {
        200: {
          description: "A page of versions.",
          schema: "TaskHistory",
          headers: ["Link"],
          example: { items: [version], next_cursor: null },
        },
      },
      problems: ["malformed_request"],
    },
  },
  "/api/{user_id}/undo": {
    post: {
      id: "undo",
      tag: "Changes",
      summary: "Undo a change",
      description: `\`change\` is the number of any change of the user's, made in a session or with any access key. Without it, the caller's own last change is undone: the last one made with the same access key or, with a session's token, in any session. What was changed again since stays as it is. The response is the change that undid it; undo that one to redo. 404 after ${UNDO_MINUTES} minutes, or when nothing is left to undo.`,
      needs: "tasks:write",
      body: { schema: "Undo", example: {} },
      responses: { 200: { description: "The change that undid it.", schema: "Change", example: undo } },
      problems: ["not_found"],
    },
  },
};
