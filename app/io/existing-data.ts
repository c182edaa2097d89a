import type { ArchivedTask } from "#app/io/archive.ts";

/** The part of a user's data that an archive may refer to or collide with. */
export interface ExistingData {
  lists: { id: string; name: string }[];
  tasks: { id: string; parentId: string | null; listId: string | null; isTrashed: boolean }[];
  /** From external ids to task ids, of tasks that are not in the trash. */
  externalIds: Map<string, string>;
  openSeries: Set<string>;
  /** The user's. */
  timezone: string;
}

export interface NewTask {
  index: number;
  task: ArchivedTask;
}
