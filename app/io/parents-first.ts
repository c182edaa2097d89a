import type { Entry } from "#app/io/import-plan.ts";

/** A task whose way up through its parents comes back to it. */
export function cyclic(entries: Entry[]): Entry | undefined {
  const placed = new Set(parentsFirst(entries));
  return entries.find((entry) => !placed.has(entry));
}

/** Parents before their subtasks, otherwise as they came; without those whose way up has no end. */
export function parentsFirst(entries: Entry[]): Entry[] {
  const below = Map.groupBy(entries, ({ task }) => task.parent_id);
  const own = new Set(entries.map(({ task }) => task.id));
  const placed = entries.filter(({ task }) => task.parent_id === null || !own.has(task.parent_id));
  // Grows while it is gone through.
  for (const { task } of placed) placed.push(...(below.get(task.id) ?? []));
  return placed;
}
