import { jsonErrors } from "#app/http/read.ts";
import { ARCHIVE_VERSION, ArchivedList, ArchivedTask, ArchiveFrame, InvalidArchive } from "#app/io/archive.ts";
import { withContentHashIds } from "#app/io/content-hash-id.ts";
import { type ParsedArchive, parseEntries } from "#app/io/entries.ts";
import { type ArchiveSource, locate } from "#app/io/locate.ts";
import type { allLists } from "#app/lists/transfer.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { taskJson } from "#app/tasks/wire/task-json.ts";

type ExportedList = Awaited<ReturnType<typeof allLists>>[number];

/**
 * A JSON archive in chunks, with a line for each list and task. It contains nothing that is particular to this server or
 * moment (versions, URLs, the time of export), so that an import elsewhere exports the same bytes.
 */
export async function* jsonArchive(lists: ExportedList[], tasks: AsyncIterable<Task[]>): AsyncGenerator<string> {
  yield `{"version":${ARCHIVE_VERSION},"lists":[${lists.map((list) => `\n${JSON.stringify(archivedList(list))}`).join(",")}\n],"tasks":[`;
  let separator = "\n";
  for await (const batch of tasks) {
    yield separator + batch.map((task) => JSON.stringify(archivedTask(task))).join(",\n");
    separator = ",\n";
  }
  yield "\n]}\n";
}

function archivedList({ id, name, color, rank, createdAt, updatedAt }: ExportedList) {
  return { id, name, color, rank, created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
}

function archivedTask(task: Task) {
  const { version: _version, url: _url, ...archived } = taskJson(task);
  return { ...archived, occurrence_date: task.occurrenceDate, previous_id: task.previousId };
}

const SOURCE: ArchiveSource = { format: "json" };

export async function parseJsonArchive(value: unknown): Promise<ParsedArchive | InvalidArchive> {
  const frame = ArchiveFrame.safeParse(value);
  if (!frame.success) return new InvalidArchive(jsonErrors(frame.error));
  const lists = await parseEntries("lists", ArchivedList, frame.data.lists);
  const tasks = await parseEntries("tasks", ArchivedTask, frame.data.tasks);
  const problems = lists.problems;
  problems.append(tasks.problems);
  if (problems.total > 0)
    return new InvalidArchive(
      problems.first.map((problem) => locate(SOURCE, problem)),
      problems.total,
    );
  return { lists: lists.entries, tasks: await withContentHashIds(tasks.entries), source: SOURCE };
}
