import { useState } from "react";
import { useSearchParams } from "react-router";
import type { TaskView } from "#app/tasks/task-view.ts";

interface RowPosition {
  task: TaskView;
  section: string;
  index: number;
}

/**
 * Keeps the task whose editor is open in the section and at the index where it was opened. Without that, completing or moving
 * the task elsewhere would unmount its editor and lose what was typed.
 */
export function usePinnedRow<Sections extends Record<string, TaskView[]>>(sections: Sections): Sections {
  const [search] = useSearchParams();
  const edit = search.get("edit");
  const [pinned, setPinned] = useState<RowPosition>();
  const current = edit === null ? undefined : positionOf(sections, edit);
  if (edit !== pinned?.task.id && pinned !== current) setPinned(current);
  if (!pinned || edit !== pinned.task.id || current?.section === pinned.section) return sections;
  const others = Object.entries(sections).map(([name, tasks]) => [name, tasks.filter(({ id }) => id !== edit)] as const);
  const { section, index, task } = pinned;
  return Object.fromEntries(
    others.map(([name, tasks]) => [name, name === section ? tasks.toSpliced(index, 0, current?.task ?? task) : tasks]),
  ) as Sections;
}

function positionOf(sections: Record<string, TaskView[]>, id: string): RowPosition | undefined {
  for (const [section, tasks] of Object.entries(sections)) {
    const index = tasks.findIndex((task) => task.id === id);
    const task = tasks[index];
    if (task) return { task, section, index };
  }
  return undefined;
}
