import type { z } from "zod";
import { jsonErrors } from "#app/http/read.ts";
import { type Archive, type EntryProblem, MAX_PROBLEMS } from "#app/io/archive.ts";
import { yielding } from "#app/io/yielding.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";

export interface ParsedArchive extends Archive {
  /** Makes the pointer relative to the whole file. */
  locate(problem: EntryProblem): FieldProblem;
}

/** Stops after one more problem than is reported. */
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
