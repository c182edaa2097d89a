import { AlignLeft, Check, EyeOff, ListTree, Repeat } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Form, Link } from "react-router";
import { boxIdOf, SELECTION } from "#app/components/selection/selection.ts";
import type { OptimisticRow } from "#app/components/task/optimistic.ts";
import { RowControls } from "#app/components/task/row-controls.tsx";
import { hasFocus } from "#app/components/ui/has-focus.ts";
import { useLists } from "#app/components/ui/layout-data.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** A fact that the page or the heading above a row makes clear, so that the row omits it. `today` implies the day unless it is overdue. */
export type ImpliedFact = "today" | "day" | "list";

interface TaskRowProps {
  row: OptimisticRow;
  impliedBy: ImpliedFact[];
  /** The ids of the rows before and after, if this one can be moved. */
  above: string | undefined;
  below: string | undefined;
  /** The address of this page with the task's editor open. */
  editTo: string;
  /** The editor was just closed, so its row gets the focus. */
  takesFocus: boolean;
}

export function TaskRow({ row: { task, isDone, isPending }, impliedBy, above, below, editTo, takesFocus }: TaskRowProps) {
  const title = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // During a save the focus may have moved on.
    if (takesFocus && !hasFocus()) title.current?.focus();
  }, [takesFocus]);
  // By the status on the server, not the expected one: a second click while the first is pending repeats it.
  const [intent, verb] = task.status === "done" ? ["reopen", "Reopen"] : ["complete", "Complete"];
  return (
    <li id={`task-${task.id}`} data-pending={isPending || undefined} className="task-row">
      <input
        type="checkbox"
        id={boxIdOf(task.id)}
        form={SELECTION}
        name="id"
        value={task.id}
        aria-label={`Select: ${task.title}`}
        className="select-box"
      />
      <Form method="post" navigate={false} className="-ml-2 flex-none">
        <input type="hidden" name="id" value={task.id} />
        <button
          type="submit"
          name="intent"
          value={intent}
          aria-label={`${verb}: ${task.title}`}
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
          // Dragging the title drags the row, not the link.
          draggable={false}
          className={`rounded-sm font-[480] text-pretty break-words ${isDone ? "text-ink-3 line-through decoration-ink-3/70" : ""}`}
        >
          {task.title}
        </Link>
        <Meta task={task} impliedBy={impliedBy} />
      </div>
      <RowControls task={task} above={above} below={below} editTo={editTo} />
    </li>
  );
}

const TONES = { late: "text-late", soon: "text-soon", plain: "" };

function Meta({ task, impliedBy }: Pick<TaskRowProps, "impliedBy"> & { task: TaskView }) {
  const lists = useLists();
  const list = !impliedBy.includes("list") && lists.find(({ id }) => id === task.listId);
  const due = dueText(task, impliedBy);
  const parts: ReactNode[] = [
    due && <span className={task.status === "open" ? TONES[task.dueLabel?.tone ?? "plain"] : ""}>{due}</span>,
    task.startLabel && <WithIcon Icon={EyeOff}>{`until ${task.startLabel}`}</WithIcon>,
    task.repeats && <WithIcon Icon={Repeat}>{task.repeats}</WithIcon>,
    task.parentTitle && <span className="max-w-[42ch] truncate">in: {task.parentTitle}</span>,
    list && <span className="truncate">{list.name}</span>,
    ...task.labels.map((label) => (
      <span key={label} className="truncate">
        #{label}
      </span>
    )),
    task.progress && <WithIcon Icon={ListTree}>{`${task.progress.done} of ${task.progress.total}`}</WithIcon>,
    task.notes && <WithIcon Icon={AlignLeft}>{firstLine(task.notes)}</WithIcon>,
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <ul className="mt-px flex flex-wrap items-center gap-x-3 text-[13px] text-ink-2">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their position.
        <li key={index} className="flex min-w-0">
          {part}
        </li>
      ))}
    </ul>
  );
}

function WithIcon({ Icon, children }: { Icon: typeof Check; children: ReactNode }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <Icon aria-hidden="true" size={14} strokeWidth={1.75} className="flex-none" />
      <span className="max-w-[42ch] truncate">{children}</span>
    </span>
  );
}

/** At most 200 characters of the first line of Markdown, without inline markup. */
function firstLine(notes: string): string | undefined {
  const [line] = notes.replace(/^\s*(#{1,6}|[-*>])\s+/, "").split("\n", 1);
  return line
    ?.slice(0, 200)
    .replace(/(\*\*|__|~~|`)(\S(?:.*?\S)?)\1/g, "$2")
    .replace(/\[([^\]]+)\]\([^)\s]*\)/g, "$1");
}

/** Only the time of day where the day is implied. */
function dueText({ dueLabel, timeLabel, isOverdue }: TaskView, impliedBy: ImpliedFact[]): string | null | undefined {
  const isDayImplied = impliedBy.includes("day") || (impliedBy.includes("today") && !isOverdue);
  return isDayImplied ? timeLabel : dueLabel?.text;
}
