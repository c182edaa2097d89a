import { ArrowDown, ArrowUp, CircleCheckBig, Ellipsis, type LucideIcon, Pencil, Trash2 } from "lucide-react";
import { Form, Link } from "react-router";
import { DayItems } from "#app/components/day-items.tsx";
import { closeMenus } from "#app/components/menus.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

interface RowMenuProps {
  task: TaskView;
  above: string | undefined;
  below: string | undefined;
  editTo: string;
}

/** What else can be done to a row: beside it where there is a mouse, and where there is not, under a button as big as a finger. */
export function RowMenu({ task, above, below, editTo }: RowMenuProps) {
  const id = `menu-${task.id}`;
  return (
    <>
      <button type="button" popoverTarget={id} aria-label={`More: ${task.title}`} className="row-more">
        <Ellipsis aria-hidden="true" size={20} strokeWidth={1.75} />
      </button>
      <div id={id} popover="auto" className="row-menu">
        <p className="touch-only truncate px-3 pt-2 pb-1 text-[13px] text-ink-2">{task.title}</p>
        <Link to={editTo} preventScrollReset className="menu-item touch-only" onClick={closeMenus}>
          <Pencil aria-hidden="true" size={18} strokeWidth={1.75} />
          Edit
        </Link>
        <Form method="post" navigate={false} className="touch-only" onSubmit={closeMenus}>
          <input type="hidden" name="intent" value="bulk" />
          <input type="hidden" name="id" value={task.id} />
          <DayItems />
        </Form>
        {above && <Control task={task} intent="move" place={`before ${above}`} label="Move up" Icon={ArrowUp} />}
        {below && <Control task={task} intent="move" place={`after ${below}`} label="Move down" Icon={ArrowDown} />}
        <label htmlFor={`select-${task.id}`} className="menu-item touch-only">
          <CircleCheckBig aria-hidden="true" size={18} strokeWidth={1.75} />
          Select
        </label>
        <Control task={task} intent="delete" label="Delete" Icon={Trash2} />
      </div>
    </>
  );
}

interface ControlProps {
  task: TaskView;
  intent: "move" | "delete";
  place?: string;
  label: string;
  Icon: LucideIcon;
}

function Control({ task: { id, title }, intent, place, label, Icon }: ControlProps) {
  return (
    <Form method="post" navigate={false} onSubmit={closeMenus}>
      <input type="hidden" name="id" value={id} />
      {place && <input type="hidden" name="place" value={place} />}
      <button
        type="submit"
        name="intent"
        value={intent}
        aria-label={`${label}: ${title}`}
        className={`menu-item ${intent === "delete" ? "hover:text-late" : ""}`}
      >
        <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
        <span className="touch-only">{label}</span>
      </button>
    </Form>
  );
}
