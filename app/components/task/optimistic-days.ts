import { optimisticRows } from "#app/components/task/optimistic.ts";
import type { Calendar } from "#app/components/ui/layout-data.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** Sorts after every time of a day. */
const UNTIMED = "24:00";

/**
 * The tasks by the day that they will be due on once all pending forms succeed. A task that leaves these days stays where it is
 * until then. The tasks themselves are unchanged.
 */
export function optimisticDays(days: Record<string, TaskView[]>, forms: FormData[], calendar: Calendar): Record<string, TaskView[]> {
  const rows = optimisticRows(Object.values(days).flat(), forms, calendar);
  const expected = new Map(rows.map(({ task }) => [task.id, task.dueDay]));
  const placed = Object.entries(days).flatMap(([day, tasks]) =>
    tasks.map((task) => {
      const next = expected.get(task.id) ?? day;
      return { task, day, next: Object.hasOwn(days, next) ? next : day };
    }),
  );
  const staying = placed.filter(({ day, next }) => next === day);
  const sections = new Map(Object.keys(days).map((day) => [day, staying.filter(({ next }) => next === day).map(({ task }) => task)]));
  for (const { task, day, next } of placed) {
    if (next !== day) insert(sections.get(next) ?? [], task);
  }
  return Object.fromEntries(sections);
}

/** In the order of a day: by time, then priority. The manual order, which comes next, is known to the server only. */
function insert(section: TaskView[], task: TaskView): void {
  const index = section.findIndex(
    (other) => timeOf(other) > timeOf(task) || (timeOf(other) === timeOf(task) && other.priority < task.priority),
  );
  section.splice(index < 0 ? section.length : index, 0, task);
}

function timeOf({ due }: TaskView): string {
  return due?.time ?? UNTIMED;
}
