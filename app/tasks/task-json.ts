import { publicUrl } from "#app/http/public-url.ts";
import { fieldsOf } from "#app/tasks/rules.ts";
import type { Task } from "#app/tasks/task.ts";

/** A task on the wire. The only place that knows both spellings. */
export function taskJson(task: Task) {
  return { id: task.id, ...fieldsOf(task), ...readOnlyFields(task) };
}

function readOnlyFields(task: Task) {
  return {
    series_id: task.seriesId,
    rank: task.rank,
    created_at: task.createdAt,
    updated_at: task.updatedAt,
    completed_at: task.completedAt,
    deleted_at: task.deletedAt,
    version: task.version,
    url: publicUrl(`/task/${task.id}`).href,
  };
}

/** Ours to set: in a write they must be absent, or equal to what is stored. */
export const READ_ONLY = ["id", "series_id", "rank", "created_at", "updated_at", "completed_at", "deleted_at", "version", "url"] as const;
