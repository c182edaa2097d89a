import { NoQuery } from "#app/http/read.ts";
import { ListInput } from "#app/lists/list-input.ts";
import { ListJson, ListPage, ListPatch, ListRemoveQuery } from "#app/lists/list-json.ts";
import { list } from "#app/openapi/examples.ts";
import { NOT_MODIFIED, type Paths } from "#app/openapi/operation-spec.ts";
import { LabelChanges, LabelJson, LabelPage } from "#app/tasks/labels.ts";
import { MoveTarget } from "#app/tasks/wire/operation.ts";

export const listRequests = { NewList: ListInput, ListPatch, Place: MoveTarget, LabelPatch: LabelChanges };
export const listResponses = { List: ListJson, Lists: ListPage, Label: LabelJson, Labels: LabelPage };

const label = { name: "home", open_count: 4 };
const nothing = { schema: NoQuery };

export const listPaths: Paths = {
  "/api/{user_id}/lists": {
    get: {
      id: "listLists",
      tag: "Lists",
      summary: "All lists, in manual order",
      needs: "tasks:read",
      query: nothing,
      headers: ["IfNoneMatch"],
      responses: { 200: { description: "The lists.", schema: "Lists", headers: ["ETag"], example: { items: [list] } }, 304: NOT_MODIFIED },
    },
    post: {
      id: "createList",
      tag: "Lists",
      summary: "Create a list",
      needs: "tasks:write",
      body: { schema: "NewList", example: { name: "Home", color: "green" } },
      responses: { 201: { description: "The new list.", schema: "List", headers: ["ETag", "Location"], example: list } },
      problems: ["quota_exceeded"],
    },
  },
  "/api/{user_id}/lists/{list_id}": {
    get: {
      id: "getList",
      tag: "Lists",
      summary: "Read a list",
      needs: "tasks:read",
      query: nothing,
      headers: ["IfNoneMatch"],
      responses: {
        200: { description: "The list.", schema: "List", headers: ["ETag"], example: list },
        304: NOT_MODIFIED,
      },
    },
    patch: {
      id: "changeList",
      tag: "Lists",
      summary: "Rename a list, or give it another colour",
      description: "JSON Merge Patch (RFC 7396), as for a task.",
      needs: "tasks:write",
      headers: ["IfMatch"],
      body: { schema: "ListPatch", example: { name: "Home and garden" }, types: ["application/merge-patch+json", "application/json"] },
      responses: {
        200: {
          description: "The list as it is now.",
          schema: "List",
          headers: ["ETag"],
          example: { ...list, name: "Home and garden", version: 2 },
        },
      },
    },
    delete: {
      id: "deleteList",
      tag: "Lists",
      summary: "Delete a list",
      description: "Its tasks go to the Inbox, or with `tasks=trash` to the trash.",
      needs: "tasks:write",
      headers: ["IfMatch"],
      query: { schema: ListRemoveQuery },
      responses: { 204: { description: "It is deleted." } },
    },
  },
  "/api/{user_id}/lists/{list_id}/move": {
    post: {
      id: "moveList",
      tag: "Lists",
      summary: "Move a list in manual order",
      description: "Needs one of `after`, `before` and `position`.",
      needs: "tasks:write",
      headers: ["IfMatch"],
      body: { schema: "Place", example: { position: "first" } },
      responses: { 200: { description: "The list as it is now.", schema: "List", headers: ["ETag"], example: { ...list, version: 2 } } },
    },
  },
  "/api/{user_id}/labels": {
    get: {
      id: "listLabels",
      tag: "Lists",
      summary: "All labels, by name",
      needs: "tasks:read",
      query: nothing,
      headers: ["IfNoneMatch"],
      responses: {
        200: { description: "The labels.", schema: "Labels", headers: ["ETag"], example: { items: [label] } },
        304: NOT_MODIFIED,
      },
    },
  },
  "/api/{user_id}/labels/{name}": {
    patch: {
      id: "renameLabel",
      tag: "Lists",
      summary: "Rename a label on every task",
      description:
        "Another spelling of the same label changes only its spelling. The name of another label merges the two under that label's spelling.",
      needs: "tasks:write",
      body: { schema: "LabelPatch", example: { name: "house" }, types: ["application/merge-patch+json", "application/json"] },
      responses: { 200: { description: "The label as it is now.", schema: "Label", example: { ...label, name: "house" } } },
    },
    delete: {
      id: "deleteLabel",
      tag: "Lists",
      summary: "Remove a label from every task",
      needs: "tasks:write",
      query: nothing,
      responses: { 204: { description: "No task has it." } },
    },
  },
};
