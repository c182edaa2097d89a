import type { Notice } from "#app/components/toast.tsx";

const WORDS = {
  added: "Task added.",
  saved: "Saved.",
  completed: "Done.",
  reopened: "Open again.",
  deleted: "Moved to the trash.",
  restored: "Back where it was.",
  gone: "That task is not there any more.",
};

/** All that /tasks shows is in its address. */
export interface TasksAddress {
  status: "open" | "done" | "all";
  /** Opens a later page. */
  cursor?: string | undefined;
  /** The task whose editor is open. */
  edit?: string | undefined;
  /** What has just happened, and to which task. */
  did?: keyof typeof WORDS | undefined;
  id?: string | undefined;
}

const STATUSES: TasksAddress["status"][] = ["open", "done", "all"];

/** What can't be read in the address is as good as absent. */
export function readTasksAddress(search: URLSearchParams): TasksAddress {
  const { status, cursor, edit, did, id } = Object.fromEntries(search);
  return {
    status: STATUSES.find((known) => known === status) ?? "open",
    cursor,
    edit,
    did: did !== undefined && Object.hasOwn(WORDS, did) ? (did as keyof typeof WORDS) : undefined,
    id,
  };
}

/** The address with some of its parts set anew; `undefined` takes a part away. */
export function tasksAddress(current: URLSearchParams, change: Partial<TasksAddress>): string {
  const { status, cursor } = Object.fromEntries(current);
  const parts = Object.entries({ status, cursor, ...change }).filter((part): part is [string, string] => part[1] !== undefined);
  const search = new URLSearchParams(parts.filter(([name, value]) => !(name === "status" && value === "open")));
  return search.size > 0 ? `/tasks?${search}` : "/tasks";
}

const UNDO: Partial<Record<NonNullable<TasksAddress["did"]>, NonNullable<Notice["undo"]>["intent"]>> = {
  completed: "reopen",
  reopened: "complete",
  deleted: "restore",
};

/** The row of a task that has just come back. */
export function returnedTask({ did, id }: Pick<TasksAddress, "did" | "id">): string | undefined {
  return did === "reopened" || did === "restored" ? `task-${id}` : undefined;
}

export function noticeOf({ did, id }: Pick<TasksAddress, "did" | "id">): Notice | undefined {
  if (!did) return undefined;
  const intent = UNDO[did];
  return { key: `${did} ${id}`, text: WORDS[did], ...(intent && id && { undo: { intent, id } }) };
}
