import { z } from "zod";
import { LIST_COLORS } from "#app/lists/colors.ts";
import { trimmedText } from "#app/tasks/task.ts";

export interface List {
  id: string;
  name: string;
  color: (typeof LIST_COLORS)[number] | null;
  rank: string;
  /** Open tasks in it, subtasks not counted. */
  openCount: number;
  createdAt: string;
  updatedAt: string;
  version: number;
  /** The number of its latest change, which undo takes. */
  changeSeq: number;
}

/** The list is not at a version that the caller has seen; `current` is what it is now. */
export class ListConflict {
  readonly current: List;
  constructor(current: List) {
    this.current = current;
  }
}

export const ListInput = z.strictObject({
  name: trimmedText(100),
  color: z.enum(LIST_COLORS).nullable().default(null),
});
export type ListInput = z.infer<typeof ListInput>;

export const ListChanges = z.strictObject({
  name: trimmedText(100).optional(),
  color: z.enum(LIST_COLORS).nullable().optional(),
});
export type ListChanges = z.infer<typeof ListChanges>;
