export const LIST_COLORS = ["red", "orange", "yellow", "green", "teal", "blue", "purple", "grey"] as const;

export interface List {
  id: string;
  name: string;
  color: (typeof LIST_COLORS)[number] | null;
  rank: string;
  /** Without subtasks. */
  openCount: number;
  createdAt: string;
  updatedAt: string;
  version: number;
  changeSeq: number;
}

/** The list has none of the versions that the caller accepts; `current` is its current state. */
export class ListConflict {
  readonly current: List;
  constructor(current: List) {
    this.current = current;
  }
}
