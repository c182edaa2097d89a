/** In the order of a rainbow. */
export const LIST_COLORS = ["red", "orange", "yellow", "green", "teal", "blue", "purple", "grey"] as const;

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

/** The list is at none of the versions that the caller accepts; `current` is the list as it is. */
export class ListConflict {
  readonly current: List;
  constructor(current: List) {
    this.current = current;
  }
}
