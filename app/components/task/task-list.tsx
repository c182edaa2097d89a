import { useRef } from "react";
import { useActionData, useSearchParams } from "react-router";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { useCalendar } from "#app/components/shell/layout-data.ts";
import { comingTitles, foreseen } from "#app/components/task/optimistic.ts";
import { TaskEditor } from "#app/components/task/task-editor.tsx";
import { TaskRow } from "#app/components/task/task-row.tsx";
import { useDragging } from "#app/components/task/use-dragging.ts";
import { here } from "#app/components/ui/flash.ts";
import { usePrevious } from "#app/components/ui/use-previous.ts";
import type { FailedSubmission } from "#app/tasks/forms/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** What stands above a row need not be said in it again. */
export type Said = "today" | "day" | "list";

interface TaskListProps {
  tasks: TaskView[];
  said?: Said[];
  /** The rows stand as the person put them, so they can be put elsewhere. */
  isHandOrdered?: boolean;
  /** What is being added here stands below. */
  takesNew?: boolean;
  /** Whose subtasks they all are. */
  parent?: string | undefined;
}

/** Rows of tasks; the one that the address names is open for editing, in its place. */
export function TaskList({ tasks, said = [], isHandOrdered = false, takesNew = false, parent }: TaskListProps) {
  const [search] = useSearchParams();
  const edit = search.get("edit") ?? undefined;
  const closed = usePrevious(edit);
  const refused = useActionData<FailedSubmission>();
  const forms = usePendingForms();
  const isSaving = forms.some((form) => form.get("intent") === "update" && form.get("id") === edit);
  const rows = foreseen(tasks, forms, useCalendar());
  const list = useRef<HTMLUListElement>(null);
  const ids = rows.map(({ task }) => task.id);
  useDragging(list, isHandOrdered ? ids.filter((id) => id !== edit) : undefined);
  return (
    <ul ref={list} className="border-t border-line">
      {rows.flatMap((row, index) => {
        const { task } = row;
        const isOpen = task.id === edit;
        return [
          (!isOpen || isSaving) && (
            <TaskRow
              key={task.id}
              row={row}
              said={said}
              above={isHandOrdered ? rows[index - 1]?.task.id : undefined}
              below={isHandOrdered ? rows[index + 1]?.task.id : undefined}
              editTo={here(search, { edit: task.id })}
              takesFocus={!edit && closed === task.id}
            />
          ),
          isOpen && (
            <TaskEditor
              key={`editor of ${task.id}`}
              task={task}
              isSaving={isSaving}
              refused={refused?.intent === "update" && refused.id === task.id ? refused : undefined}
              closeTo={here(search)}
            />
          ),
        ];
      })}
      {takesNew &&
        comingTitles(forms, parent).map((title, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: it has no identity but its place in the queue yet.
          <ComingRow key={index} title={title} />
        ))}
    </ul>
  );
}

/** A task that is on its way to the server. */
function ComingRow({ title }: { title: string }) {
  return (
    <li className="flex min-h-11 items-start gap-3 border-b border-line pl-1 text-ink-3">
      <span className="box mt-3 opacity-50" aria-hidden="true" />
      <span className="min-w-0 flex-1 py-2.5 font-[480] text-pretty break-words">{title}</span>
    </li>
  );
}
