import { NoQuery } from "#app/http/read.ts";
import { task, taskFields } from "#app/openapi/examples.ts";
import { NOT_MODIFIED, type Paths } from "#app/openapi/operation-spec.ts";
import { TaskInput } from "#app/tasks/task.ts";
import { RemoveQuery } from "#app/tasks/wire/operation.ts";
import { TaskJson, TaskPatch, TaskPut, TaskUpsert } from "#app/tasks/wire/task-json.ts";
import { AnyTaskPage, TaskPage, TaskPart, TaskPartPage, TaskQuery } from "#app/tasks/wire/task-list.ts";

export const taskRequests = { NewTask: TaskInput, TaskPatch, TaskReplacement: TaskPut, TaskUpsert };
export const taskResponses = { Task: TaskJson, TaskPage, TaskPart, TaskPartPage, AnyTaskPage };

export const taskPaths: Paths = {
  "/api/{user_id}/tasks": {
    get: {
      id: "listTasks",
      tag: "Tasks",
      summary: "Find tasks",
      description: "A task must match every part of the filter. Pages neither skip nor repeat tasks when others are changed meanwhile.",
      needs: "tasks:read",
      query: { schema: TaskQuery, example: { status: "open", label: ["home"], sort: "due", limit: 50 } },
      headers: ["IfNoneMatch"],
      responses: {
        200: {
          description: "A page of tasks.",
          schema: "AnyTaskPage",
          headers: ["ETag", "Link"],
          example: { items: [task], next_cursor: null },
        },
        304: NOT_MODIFIED,
      },
      problems: ["malformed_request"],
    },
    post: {
      id: "createTask",
      tag: "Tasks",
      summary: "Add a task",
      description: "Only the title is required. It is stored as it is: no dates or labels are read from it.",
      needs: "tasks:create",
      body: {
        schema: "NewTask",
        example: { title: "Pay rent", labels: ["home"], priority: 2, due: { date: "2026-12-01", time: "17:00" } },
      },
      responses: { 201: { description: "The new task.", schema: "Task", headers: ["ETag", "Location"], example: { ...task, version: 1 } } },
      problems: ["external_id_taken", "quota_exceeded"],
    },
  },
  "/api/{user_id}/tasks/by-external-id/{external_id}": {
    put: {
      id: "putTaskByExternalId",
      tag: "Tasks",
      summary: "Create or replace the task with an external id",
      description:
        "Safe to repeat, and for concurrent clients: there is never a second task with the `external_id`. Only the title is required: a field that is left out has its default in a new task, and keeps its value in an existing one. Tasks in the trash don't count.",
      needs: "tasks:write",
      headers: ["IfMatch", "IfNoneMatchAny"],
      body: { schema: "TaskUpsert", example: { title: "Pay rent", due: { date: "2026-12-01" } } },
      responses: {
        200: { description: "The task existed and was replaced.", schema: "Task", headers: ["ETag"], example: { ...task, version: 8 } },
        201: { description: "The new task.", schema: "Task", headers: ["ETag", "Location"], example: { ...task, version: 1 } },
      },
      problems: ["has_open_subtasks", "quota_exceeded"],
    },
  },
  "/api/{user_id}/tasks/{task_id}": {
    get: {
      id: "getTask",
      tag: "Tasks",
      summary: "Read a task",
      needs: "tasks:read",
      query: { schema: NoQuery },
      headers: ["IfNoneMatch"],
      responses: {
        200: { description: "The task.", schema: "Task", headers: ["ETag"], example: task },
        304: NOT_MODIFIED,
      },
    },
    patch: {
      id: "changeTask",
      tag: "Tasks",
      summary: "Change some fields of a task",
      description:
        "JSON Merge Patch (RFC 7396): absent fields stay, also inside `due` and `recurrence`; null clears a field; `{}` changes nothing. Setting `status` completes or reopens the task. A moved due date does not change the rhythm of `recurrence`; a changed `recurrence` is counted from the due date. Subtasks move to another list with their parent; a subtask that leaves its parent stays in the list. Fields that only the server sets may be sent back as they were read.",
      needs: "tasks:write",
      headers: ["IfMatch"],
      body: { schema: "TaskPatch", example: { priority: 3 }, types: ["application/merge-patch+json", "application/json"] },
      responses: {
        200: { description: "The task as it is now.", schema: "Task", headers: ["ETag"], example: { ...task, priority: 3, version: 8 } },
      },
      problems: ["external_id_taken", "has_open_subtasks", "quota_exceeded"],
    },
    put: {
      id: "replaceTask",
      tag: "Tasks",
      summary: "Replace a task",
      description: "Every field is required, so that none is cleared by mistake.",
      needs: "tasks:write",
      headers: ["IfMatch"],
      body: { schema: "TaskReplacement", example: taskFields, types: ["application/json", "application/merge-patch+json"] },
      responses: { 200: { description: "The task as it is now.", schema: "Task", headers: ["ETag"], example: { ...task, version: 8 } } },
      problems: ["external_id_taken", "has_open_subtasks", "quota_exceeded"],
    },
    delete: {
      id: "deleteTask",
      tag: "Tasks",
      summary: "Move a task to the trash",
      description:
        "Its subtasks go to the trash with it. A task that is in the trash already is a 404. With `permanent` it is deleted for good, also from the trash.",
      needs: "tasks:write",
      headers: ["IfMatch"],
      query: { schema: RemoveQuery },
      responses: { 204: { description: "It is in the trash, or deleted for good." } },
    },
  },
};
