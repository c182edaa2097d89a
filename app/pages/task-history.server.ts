import { changesOf } from "#app/changes/changes.server.ts";
import type { Revision } from "#app/changes/history.server.ts";
import type { TaskEvent } from "#app/components/task/task-history.tsx";
import type { UserRef } from "#app/context.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { clockTime, dayLabel } from "#app/tasks/due-label.ts";
import { describeChange } from "#app/tasks/forms/history.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import type { Viewer } from "#app/tasks/task-view.ts";
import { dayAt } from "#app/time.ts";

/** A task's latest changes in words, newest first, and its creation last. */
export async function taskHistoryOf(user: UserRef, { id, createdAt }: Task, viewer: Viewer): Promise<TaskEvent[]> {
  const [revisions, lists] = await Promise.all([changesOf(user).historyOf(id), listsOf(user).names()]);
  const parents = new Set(revisions.flatMap(({ row }) => row.parentId ?? []));
  const reader = {
    ...viewer,
    lists: new Map(lists.map(({ id, name }) => [id, name])),
    tasks: await tasksOf(user).titlesOf([...parents]),
  };
  const events = revisions.slice(0, -1).map((revision, index) => {
    const before = revisions[index + 1] as Revision;
    const changes = describeChange(before.row, revision.row, reader);
    return { version: revision.version, changes, when: dateTimeWords(before.replacedAt, viewer) };
  });
  return [...events, { version: 0, changes: ["Made"], when: dateTimeWords(createdAt, viewer) }];
}

/** Such as "Tomorrow, 5pm", in the user's time zone and clock format. */
export function dateTimeWords(instant: string, { userNow: { today, timezone }, clock }: Viewer): string {
  const local = Temporal.Instant.from(instant);
  const time = local.toZonedDateTimeISO(timezone).toPlainTime().toString({ smallestUnit: "minute" });
  return `${dayLabel(dayAt(local, timezone), today)}, ${clockTime(time, clock)}`;
}
