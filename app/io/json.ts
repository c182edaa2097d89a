import { ARCHIVE_VERSION } from "#app/io/archive.ts";
import { fieldsOf } from "#app/tasks/rules.ts";
import type { Task } from "#app/tasks/task.ts";

interface ListRow {
  id: string;
  name: string;
  color: string | null;
  rank: string;
  createdAt: Date;
  updatedAt: Date;
}

/**
 * A JSON archive in pieces, with a line for each list and task.
 * It says nothing that is only true here and now: no versions, no addresses, not when it was written.
 * So an archive that has been taken in somewhere else is written there word for word.
 */
export async function* jsonArchive(lists: ListRow[], tasks: AsyncIterable<Task[]>): AsyncGenerator<string> {
  yield `{"version":${ARCHIVE_VERSION},"lists":[${lists.map((list) => `\n${JSON.stringify(archivedList(list))}`).join(",")}\n],"tasks":[`;
  let separator = "\n";
  for await (const batch of tasks) {
    yield separator + batch.map((task) => JSON.stringify(archivedTask(task))).join(",\n");
    separator = ",\n";
  }
  yield "\n]}\n";
}

function archivedList({ id, name, color, rank, createdAt, updatedAt }: ListRow) {
  return { id, name, color, rank, created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
}

function archivedTask(task: Task) {
  return {
    id: task.id,
    ...fieldsOf(task),
    series_id: task.seriesId,
    rank: task.rank,
    created_at: task.createdAt,
    updated_at: task.updatedAt,
    completed_at: task.completedAt,
    deleted_at: task.deletedAt,
  };
}
