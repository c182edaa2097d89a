import type { z } from "zod";
import { jsonErrors } from "#app/http/read.ts";
import {
  type Archive,
  ArchivedList,
  ArchivedTask,
  ArchiveFrame,
  type EntryProblem,
  InvalidArchive,
  MOST_PROBLEMS,
} from "#app/io/archive.ts";
import { identified } from "#app/io/content-hash-id.ts";
import { unhurried } from "#app/io/yielding.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";

/** An archive, and how to say where in its file something is. */
export interface ReadArchive extends Archive {
  placed(problem: EntryProblem): FieldProblem;
}

export async function readJsonArchive(value: unknown): Promise<ReadArchive | InvalidArchive> {
  const frame = ArchiveFrame.safeParse(value);
  if (!frame.success) return new InvalidArchive(jsonErrors(frame.error));
  const lists = await readEntries("lists", ArchivedList, frame.data.lists);
  const tasks = await readEntries("tasks", ArchivedTask, frame.data.tasks);
  const problems = [...lists.problems, ...tasks.problems];
  if (problems.length > 0) return new InvalidArchive(problems.map(inJson));
  return { lists: lists.entries, tasks: await identified(tasks.entries), placed: inJson };
}

function inJson({ kind, index, pointer, message }: EntryProblem): FieldProblem {
  return { pointer: `/${kind}/${index}${pointer}`, message };
}

/** Every entry that fits its schema, and everything that is wrong with the others, up to one problem more than anybody is told. */
export async function readEntries<Schema extends z.ZodType>(kind: EntryProblem["kind"], schema: Schema, values: Iterable<unknown>) {
  const entries: z.output<Schema>[] = [];
  const problems: EntryProblem[] = [];
  let index = -1;
  for await (const value of unhurried(values)) {
    index += 1;
    const entry = schema.safeParse(value);
    if (entry.success) {
      entries.push(entry.data);
      continue;
    }
    const room = MOST_PROBLEMS + 1 - problems.length;
    for (const error of jsonErrors(entry.error).slice(0, room)) problems.push({ ...error, kind, index });
    if (problems.length > MOST_PROBLEMS) break;
  }
  return { entries, problems };
}
