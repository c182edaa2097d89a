import type { ArchivedTask } from "#app/io/archive.ts";

/** The part of a user's data that an archive may refer to or collide with. */
export interface ExistingData {
  lists: { id: string; name: string }[];
  tasks: { id: string; parentId: string | null; isTrashed: boolean }[];
  /** From external ids to task ids, of tasks that are not in the trash. */
  externalIds: Map<string, string>;
  /** The ids of series that have an open occurrence. */
  openSeries: Set<string>;
}

/** A task that an import would create, and its index in the archive. */
export interface NewTask {
  index: number;
  task: ArchivedTask;
}
