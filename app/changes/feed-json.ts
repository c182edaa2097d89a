import { z } from "zod";
import type { FeedItem, FeedPage } from "#app/changes/feed.server.ts";
import { PageLimit } from "#app/http/page-limit.ts";
import { ListJson, listJson } from "#app/lists/list-json.ts";
import { TaskJson, taskJson } from "#app/tasks/wire/task-json.ts";

export const FeedQuery = z.strictObject({
  since: z.string().optional().meta({ description: "The `next` of an earlier response. Without it: everything from the start." }),
  limit: PageLimit,
});

const DeletedItem = z
  .strictObject({ type: z.enum(["task", "list"]), op: z.literal("delete"), id: z.uuid() })
  .meta({ description: "Deleted for good. A task in the trash is an `upsert` with its `deleted_at`." });

const FeedItemJson = z.union([
  z.strictObject({ type: z.literal("task"), op: z.literal("upsert"), id: z.uuid(), task: TaskJson }),
  z.strictObject({ type: z.literal("list"), op: z.literal("upsert"), id: z.uuid(), list: ListJson }),
  DeletedItem,
]);

export const FeedJson = z.strictObject({
  items: z.array(FeedItemJson),
  next: z.string().meta({ description: "Opaque. Send it back as `since`." }),
  has_more: z.boolean().meta({ description: "Whether there are more changes after these now." }),
});

export function feedJson({ items, next, hasMore }: FeedPage): z.output<typeof FeedJson> {
  return { items: items.map(itemJson), next, has_more: hasMore };
}

function itemJson(item: FeedItem): z.output<typeof FeedItemJson> {
  if (item.op === "delete") return item;
  return item.type === "task" ? { ...item, task: taskJson(item.task) } : { ...item, list: listJson(item.list) };
}
