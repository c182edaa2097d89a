import { useState } from "react";
import { useSearchParams } from "react-router";
import type { TaskView } from "#app/tasks/task-view.ts";

interface Held {
  task: TaskView;
  section: string;
  index: number;
}

/**
 * A page's sections, in which the task whose editor is open stays where it was opened: it may be completed or moved
 * elsewhere meanwhile, and what is typed would go with its row.
 */
export function useHeldRow<Sections extends Record<string, TaskView[]>>(sections: Sections): Sections {
  const [search] = useSearchParams();
  const edit = search.get("edit");
  const [held, setHeld] = useState<Held>();
  const found = edit === null ? undefined : find(sections, edit);
  if (edit !== held?.task.id && held !== found) setHeld(found);
  if (!held || edit !== held.task.id || found?.section === held.section) return sections;
  const rest = Object.entries(sections).map(([name, tasks]) => [name, tasks.filter(({ id }) => id !== edit)] as const);
  const { section, index } = held;
  return Object.fromEntries(
    rest.map(([name, tasks]) => [name, name === section ? tasks.toSpliced(index, 0, found?.task ?? held.task) : tasks]),
  ) as Sections;
}

function find(sections: Record<string, TaskView[]>, id: string): Held | undefined {
  for (const [section, tasks] of Object.entries(sections)) {
    const index = tasks.findIndex((task) => task.id === id);
    const task = tasks[index];
    if (task) return { task, section, index };
  }
  return undefined;
}
