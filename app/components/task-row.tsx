import { AlignLeft, Check, Trash2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { Form, Link } from "react-router";
import type { DueLabel } from "#app/tasks/dates.ts";
import type { Task } from "#app/tasks/task.ts";

/** A task as a row shows it: the words for its date were found where the user's zone is known. */
export type TaskView = Pick<Task, "id" | "title" | "notes" | "status" | "priority" | "due" | "version"> & { dueLabel: DueLabel | null };

interface TaskRowProps {
  task: TaskView;
  /** Where the title leads: this view with this task's editor open. */
  editTo: string;
  /** The editor was open just now: the focus comes back here. */
  takesFocus: boolean;
}

export function TaskRow({ task, editTo, takesFocus }: TaskRowProps) {
  const title = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (takesFocus) title.current?.focus();
  }, [takesFocus]);
  const isDone = task.status === "done";
  return (
    <li id={`task-${task.id}`} className="group relative flex min-h-11 items-start border-b border-line">
      <Form method="post" preventScrollReset className="-ml-2 flex-none">
        <input type="hidden" name="id" value={task.id} />
        <button
          type="submit"
          name="intent"
          value={isDone ? "reopen" : "complete"}
          aria-label={`${isDone ? "Reopen" : "Complete"}: ${task.title}`}
          className="grid size-11 place-items-center rounded-lg"
        >
          <span className="box" data-priority={task.priority} data-done={isDone || undefined}>
            <Check aria-hidden="true" size={12} strokeWidth={3.5} />
          </span>
        </button>
      </Form>
      <div className="min-w-0 flex-1 py-2.5">
        <Link
          ref={title}
          to={editTo}
          preventScrollReset
          className={`rounded-sm font-[480] text-pretty break-words ${isDone ? "text-ink-3 line-through decoration-ink-3/70" : ""}`}
        >
          {task.title}
        </Link>
        <Meta task={task} />
      </div>
      <Form
        method="post"
        preventScrollReset
        className="flex-none opacity-0 transition-opacity duration-150 group-hover:opacity-100 focus-within:opacity-100 pointer-coarse:hidden"
      >
        <input type="hidden" name="id" value={task.id} />
        <button
          type="submit"
          name="intent"
          value="delete"
          aria-label={`Delete: ${task.title}`}
          className="grid size-11 place-items-center rounded-lg text-ink-3 hover:text-late"
        >
          <Trash2 aria-hidden="true" size={18} strokeWidth={1.75} />
        </button>
      </Form>
    </li>
  );
}

const TONES: Record<DueLabel["tone"], string> = { late: "text-late", soon: "text-soon", plain: "" };

function Meta({ task: { dueLabel, notes, status } }: { task: TaskView }) {
  if (!dueLabel && !notes) return null;
  return (
    <p className="mt-px flex flex-wrap items-center gap-x-3 text-[13px] text-ink-2">
      {dueLabel && <span className={status === "open" ? TONES[dueLabel.tone] : ""}>{dueLabel.text}</span>}
      {notes && (
        <span className="inline-flex min-w-0 items-center gap-1">
          <AlignLeft aria-hidden="true" size={14} strokeWidth={1.75} className="flex-none" />
          <span className="max-w-[42ch] truncate">{notes.split("\n", 1)}</span>
        </span>
      )}
    </p>
  );
}
