import type { ValidMembers } from "#app/http/read.ts";
import { TaskPatch } from "#app/tasks/wire/task-json.ts";

/** A write to a task that is refused for the fields named in `invalid`, and its other fields. */
export interface RefusedWrite {
  patch: TaskPatch;
  target?: { after?: unknown; before?: unknown };
  invalid: ReadonlySet<string>;
}

export function refusedWrite({ valid, invalid }: ValidMembers): RefusedWrite {
  const { after, before, position: _, ...fields } = valid;
  return { patch: TaskPatch.safeParse(fields).data ?? {}, target: { after, before }, invalid };
}
