import { useComingTitles } from "#app/components/forms/use-pending-forms.ts";
import { type Said, TaskList } from "#app/components/task/task-list.tsx";
import { Section } from "#app/components/ui/page-parts.tsx";
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
