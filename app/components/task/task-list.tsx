import { useRef } from "react";
import { useActionData, useSearchParams } from "react-router";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { optimisticRows, pendingTitles } from "#app/components/task/optimistic.ts";
import { PendingRow } from "#app/components/task/pending-row.tsx";
import { TaskEditor } from "#app/components/task/task-editor.tsx";
import { type ImpliedFact, TaskRow } from "#app/components/task/task-row.tsx";
import { useDragging } from "#app/components/task/use-dragging.ts";
import { withParams } from "#app/components/ui/flash.ts";
import { useCalendar } from "#app/components/ui/layout-data.ts";
import { usePrevious } from "#app/components/ui/use-previous.ts";
import type { FailedSubmission } from "#app/tasks/forms/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

interface TaskListProps {
  tasks: TaskView[];
  impliedBy?: ImpliedFact[];
  /** The rows are in the user's manual order, so they can be moved. */
  isManuallyOrdered?: boolean;
  showsPending?: boolean;
  /** The task whose subtasks these are. */
  parent?: string | undefined;
}

export function TaskList({ tasks, impliedBy = [], isManuallyOrdered = false, showsPending = false, parent }: TaskListProps) {
  const [search] = useSearchParams();
  const edit = search.get("edit") ?? undefined;
  const previousEdit = usePrevious(edit);
  const rejected = useActionData<FailedSubmission>();
  const forms = usePendingForms();
  const isSaving = forms.some((form) => form.get("intent") === "update" && form.get("id") === edit);
  const rows = optimisticRows(tasks, forms, useCalendar());
  const list = useRef<HTMLUListElement>(null);
  const ids = rows.map(({ task }) => task.id);
  useDragging(list, isManuallyOrdered ? ids.filter((id) => id !== edit) : undefined);
  return (
    <ul ref={list} className="border-t border-line">
      {rows.flatMap((row, index) => {
        const { task } = row;
        const isEdited = task.id === edit;
        return [
          (!isEdited || isSaving) && (
            <TaskRow
              key={task.id}
              row={row}
              impliedBy={impliedBy}
              above={isManuallyOrdered ? rows[index - 1]?.task.id : undefined}
              below={isManuallyOrdered ? rows[index + 1]?.task.id : undefined}
              editTo={withParams(search, { edit: task.id })}
              takesFocus={!edit && previousEdit === task.id}
            />
          ),
          isEdited && (
            <TaskEditor
              key={`editor of ${task.id}`}
              task={task}
              isSaving={isSaving}
              rejected={rejected?.intent === "update" && rejected.id === task.id ? rejected : undefined}
              closeTo={withParams(search)}
            />
          ),
        ];
      })}
      {showsPending &&
        pendingTitles(forms, parent).map((title, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pending task has no identity but its position in the queue.
          <PendingRow key={index} title={title} />
        ))}
    </ul>
  );
}
