import { z } from "zod";
import { reportedErrors } from "#app/http/problem.ts";
import { QueryFlag } from "#app/http/query-value.ts";
import { isRank } from "#app/io/rank.ts";
import { ListInput } from "#app/lists/list-input.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";
import { CalendarDate, TaskId, TaskInputJson } from "#app/tasks/task.ts";

/** Raise it when archives of earlier versions would be parsed wrongly. */
export const ARCHIVE_VERSION = 1;

/** Of exports, and of imports: one costs as much as thousands of other requests. */
export const ARCHIVES_PER_MINUTE = 30;

/** Limits lists and tasks separately. Real data reaches the limit of 10 MiB first. */
export const MAX_ENTRIES = 50_000;

/** Lower case, as in the database: ids are compared here. */
const Id = TaskId.transform((id) => id.toLowerCase());

const Instant = z.iso.datetime({ offset: true }).transform((text, context) => {
  const instant = new Date(text);
  const utc = Number.isNaN(instant.getTime()) ? "" : instant.toISOString();
  if (/^\d{4}-/.test(utc) && !utc.startsWith("0000")) return utc;
  context.addIssue({ code: "custom", message: "must be an instant of the years 1 to 9999" });
  return z.NEVER;
});

const Ignored = z
  .unknown()
  .transform(() => undefined)
  .optional();

const Rank = z.string().refine(isRank, "is not a place in manual order");

/**
 * A list in an archive: its writable fields, and fields that are read-only in the API.
 * Further fields of the API's responses are accepted and ignored.
 */
export const ArchivedList = ListInput.extend({
  id: Id,
  rank: Rank.optional(),
  created_at: Instant.optional(),
  updated_at: Instant.optional(),
  version: Ignored,
  open_count: Ignored,
});
export type ArchivedList = z.infer<typeof ArchivedList> & {
  /** The file has no id for it: it is identified by its name. */
  isNamed?: boolean;
};

export const ArchivedTask = TaskInputJson.extend({
  /** Without one, the task gets a content-hash id, so that importing the file again creates nothing. */
  id: Id.optional(),
  list_id: Id.nullable().default(null),
  parent_id: Id.nullable().default(null),
  series_id: Id.nullable().optional(),
  occurrence_date: CalendarDate.nullable().optional().meta({
    description: "The day that the rule gave this occurrence of a repeating task, where `due` was moved. Null: the day of `due`.",
  }),
  previous_id: Id.nullable().optional().meta({ description: "The occurrence whose completion created this one. It may be gone." }),
  rank: Rank.optional(),
  created_at: Instant.optional(),
  updated_at: Instant.optional(),
  completed_at: Instant.nullable().optional(),
  deleted_at: Instant.nullable().optional(),
  version: Ignored,
  url: Ignored,
});
export type ArchivedTask = z.infer<typeof ArchivedTask> & { id: string };

export interface Archive {
  lists: ArchivedList[];
  tasks: ArchivedTask[];
}

export const ArchiveFrame = z.strictObject({
  version: z.literal(ARCHIVE_VERSION, `must be ${ARCHIVE_VERSION}`),
  lists: z.array(z.unknown()).max(MAX_ENTRIES, `must be at most ${MAX_ENTRIES} lists`).default([]),
  tasks: z.array(z.unknown()).max(MAX_ENTRIES, `must be at most ${MAX_ENTRIES} tasks`).default([]),
});

/** The pointer is relative to the entry. */
export interface EntryProblem extends FieldProblem {
  kind: "lists" | "tasks";
  index: number;
}

export const ArchiveFormat = z.enum(["json", "csv"]);
export type ArchiveFormat = z.infer<typeof ArchiveFormat>;

export const ExportQuery = z.strictObject({ format: ArchiveFormat.default("json") });

export const ImportQuery = z.strictObject({
  dry_run: QueryFlag.default(false),
});

/** Keeps the first problems and counts all: their number is that of a file's cells. */
export class ProblemList<T> {
  static readonly MAX_KEPT = 100;
  readonly first: T[] = [];
  total = 0;

  add(...problems: T[]): void {
    this.total += problems.length;
    const room = ProblemList.MAX_KEPT - this.first.length;
    if (room > 0) this.first.push(...problems.slice(0, room));
  }

  append({ first, total }: Pick<ProblemList<T>, "first" | "total">): void {
    const before = this.total;
    this.add(...first);
    this.total = before + total;
  }
}

export class InvalidArchive {
  /** The first problems, with pointers into the whole file, of `total`. */
  readonly first: FieldProblem[];
  readonly total: number;

  constructor(first: FieldProblem[], total = first.length) {
    this.first = first;
    this.total = total;
  }

  /** At most 100 problems, and the number of the others as a last one. */
  get problems(): FieldProblem[] {
    return reportedErrors(this.first, this.total);
  }
}
