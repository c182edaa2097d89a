import type { z } from "zod";
import { jsonErrors } from "#app/http/read.ts";
import { type Archive, type EntryProblem, MAX_PROBLEMS } from "#app/io/archive.ts";
import { yielding } from "#app/io/yielding.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";

export interface ParsedArchive extends Archive {
  /** The same problem with a pointer into the whole file. */
  locate(problem: EntryProblem): FieldProblem;
}

/** The entries that match the schema, and the problems of the others: at most one more than is reported. */
export async function parseEntries<Schema extends z.ZodType>(kind: EntryProblem["kind"], schema: Schema, values: Iterable<unknown>) {
  const entries: z.output<Schema>[] = [];
  const problems: EntryProblem[] = [];
  let index = -1;
  for await (const value of yielding(values)) {
    index += 1;
    const entry = schema.safeParse(value);
    if (entry.success) {
      entries.push(entry.data);
      continue;
    }
    const room = MAX_PROBLEMS + 1 - problems.length;
    for (const error of jsonErrors(entry.error).slice(0, room)) problems.push({ ...error, kind, index });
    if (problems.length > MAX_PROBLEMS) break;
  }
  return { entries, problems };
}
