import { Section } from "#app/components/page-parts.tsx";
import { type Said, TaskList } from "#app/components/task-list.tsx";
import { useComingTitles } from "#app/components/use-pending-forms.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** On a page that goes on, what was added just now: its place is at the end of all. */
export function JustAdded({ tasks, goesOn, said = [] }: { tasks: TaskView[]; goesOn: boolean; said?: Said[] }) {
  const isAdding = useComingTitles().length > 0;
  if (!goesOn || (tasks.length === 0 && !isAdding)) return null;
  return (
    <Section title="Just added" count={tasks.length}>
      <TaskList tasks={tasks} said={said} takesNew />
    </Section>
  );
}
