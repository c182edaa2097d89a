import { FeedJson, FeedQuery } from "#app/changes/feed-json.ts";
import { HISTORY } from "#app/changes/retention.ts";
import { list, OTHER_TASK_ID, task } from "#app/openapi/examples.ts";
import type { Paths } from "#app/openapi/operation-spec.ts";

export const changeResponses = { Changes: FeedJson };

const items = [
  { type: "task", op: "upsert", id: task.id, task },
  { type: "list", op: "upsert", id: list.id, list },
  { type: "task", op: "delete", id: OTHER_TASK_ID },
];

export const changePaths: Paths = {
  "/api/{user_id}/changes": {
    get: {
      id: "listChanges",
      tag: "Changes",
      summary: "What has changed since the last request",
      description: `A client that sends the \`next\` of each response as the \`since\` of its next request misses nothing. Each item is as it is now: one that was changed twice is listed once. Permanent deletions are listed for ${HISTORY.days} days. A 410 means that a token is older than that, or from before the server's secret was replaced: read everything again, without \`since\`.`,
      needs: "tasks:read",
      query: { schema: FeedQuery, example: { limit: 50 } },
      responses: {
        200: {
          description: "A page of changes.",
          schema: "Changes",
          example: { items, next: "eyJzIjo0Mn0.c2lnbmF0dXJl", has_more: false },
        },
      },
      problems: ["malformed_request", "resync_required"],
    },
  },
};
