import { useActionData, useSearchParams } from "react-router";
import { here } from "#app/components/address.ts";
import { TaskEditor } from "#app/components/task-editor.tsx";
import { TaskRow } from "#app/components/task-row.tsx";
import { usePrevious } from "#app/components/use-previous.ts";
import type { RefusedForm } from "#app/tasks/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** What stands above a row need not be said in it again. */
export type Said = "today" | "day" | "list";

interface TaskListProps {
  tasks: TaskView[];
  said?: Said[];
  /** The rows stand as the person put them, so they can be put elsewhere. */
  isHandOrdered?: boolean;
}

/** Rows of tasks; the one that the address names is open for editing, in its place. */
export function TaskList({ tasks, said = [], isHandOrdered = false }: TaskListProps) {
  const [search] = useSearchParams();
  const edit = search.get("edit") ?? undefined;
  const closed = usePrevious(edit);
  const refused = useActionData<RefusedForm>();
  return (
    <ul className="border-t border-line">
      {tasks.map((task, index) =>
        task.id === edit ? (
          <TaskEditor
            key={`${task.id}-${task.version}`}
            task={task}
            refused={refused?.intent === "update" && refused.id === task.id ? refused : undefined}
            closeTo={here(search)}
          />
        ) : (
          <TaskRow
            key={task.id}
            task={task}
            said={said}
            above={isHandOrdered ? tasks[index - 1]?.id : undefined}
            below={isHandOrdered ? tasks[index + 1]?.id : undefined}
            editTo={here(search, { edit: task.id })}
            takesFocus={!edit && closed === task.id}
          />
        ),
      )}
    </ul>
  );
}
