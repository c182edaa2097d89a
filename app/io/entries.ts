import type { z } from "zod";
import { jsonErrors } from "#app/http/read.ts";
import { type Archive, type EntryProblem, ProblemList } from "#app/io/archive.ts";
import type { ArchiveSource } from "#app/io/locate.ts";
import { yielding } from "#app/io/yielding.ts";

export interface ParsedArchive extends Archive {
  /** For `locate`. */
  source: ArchiveSource;
}

/** The entries that match the schema, and the problems of the others. */
export async function parseEntries<Schema extends z.ZodType>(kind: EntryProblem["kind"], schema: Schema, values: Iterable<unknown>) {
  const entries: z.output<Schema>[] = [];
  const problems = new ProblemList<EntryProblem>();
  let index = -1;
  for await (const value of yielding(values)) {
    index += 1;
    const entry = schema.safeParse(value);
    if (entry.success) {
      entries.push(entry.data);
      continue;
    }
    for (const error of jsonErrors(entry.error)) problems.add({ ...error, kind, index });
  }
  return { entries, problems };
}
