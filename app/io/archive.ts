import { z } from "zod";
import { isRank } from "#app/io/rank.ts";
import { ListInput } from "#app/lists/list.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";
import { TaskId, TaskInputJson } from "#app/tasks/task.ts";

/** Raised when what an earlier version of Doable wrote would be read as something else. */
export const ARCHIVE_VERSION = 1;

/** 10 MiB hold fewer than these, unless somebody is up to something. */
export const MOST = 50_000;

/** What is compared must be spelled as the database spells it. */
const Id = TaskId.transform((id) => id.toLowerCase());

const Instant = z.iso.datetime({ offset: true }).transform((text, context) => {
  const instant = new Date(text);
  const spelled = Number.isNaN(instant.getTime()) ? "" : instant.toISOString();
  if (/^\d{4}-/.test(spelled) && !spelled.startsWith("0000")) return spelled;
  context.addIssue({ code: "custom", message: "must be an instant of the years 1 to 9999" });
  return z.NEVER;
});

/** Whatever stands there, nothing of it goes any further. */
const Unread = z
  .unknown()
  .transform(() => undefined)
  .optional();

const Rank = z.string().refine(isRank, "is not a place in hand order");

/**
 * A list or a task as it stands in an archive: what may be written, and what elsewhere is read-only.
 * What the API says of it besides may stand there too and is not read.
 */
export const ArchivedList = ListInput.extend({
  id: Id,
  rank: Rank.optional(),
  created_at: Instant.optional(),
  updated_at: Instant.optional(),
  version: Unread,
  open_count: Unread,
});
export type ArchivedList = z.infer<typeof ArchivedList> & {
  /** Known by its name alone: it is any list that has it. */
  isNamed?: boolean;
};

export const ArchivedTask = TaskInputJson.extend({
  /** Without one it is given one that follows from what it says: then the same file again makes nothing again. */
  id: Id.optional(),
  list_id: Id.nullable().default(null),
  parent_id: Id.nullable().default(null),
  series_id: Id.nullable().optional(),
  rank: Rank.optional(),
  created_at: Instant.optional(),
  updated_at: Instant.optional(),
  completed_at: Instant.nullable().optional(),
  deleted_at: Instant.nullable().optional(),
  version: Unread,
  url: Unread,
});
export type ArchivedTask = z.infer<typeof ArchivedTask> & { id: string };

/** Every list and task of one user. */
export interface Archive {
  lists: ArchivedList[];
  tasks: ArchivedTask[];
}

/** The archive around its lists and tasks, which are read one by one. */
export const ArchiveFrame = z.strictObject({
  version: z.literal(ARCHIVE_VERSION, `must be ${ARCHIVE_VERSION}`),
  lists: z.array(z.unknown()).max(MOST, `must be at most ${MOST} lists`).default([]),
  tasks: z.array(z.unknown()).max(MOST, `must be at most ${MOST} tasks`).default([]),
});

/** What is wrong with one list or task of an archive. */
export interface EntryProblem extends FieldProblem {
  kind: "lists" | "tasks";
  index: number;
}

export const ArchiveFormat = z.enum(["json", "csv"]);
export type ArchiveFormat = z.infer<typeof ArchiveFormat>;

export const ExportQuery = z.strictObject({ format: ArchiveFormat.default("json") });

export const ImportQuery = z.strictObject({
  dry_run: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
});

/** As many as somebody can work through. */
export const MOST_PROBLEMS = 1000;

/** Nothing of an archive is taken in as long as anything is wrong with it. */
export class InvalidArchive {
  /** Their pointers lead into the whole file. */
  readonly problems: FieldProblem[];
  constructor(problems: FieldProblem[]) {
    const isMore = problems.length > MOST_PROBLEMS;
    this.problems = isMore ? [...problems.slice(0, MOST_PROBLEMS), { pointer: "", message: "has more problems than these" }] : problems;
  }
}
