import { ArrowDown, ArrowUp, CircleCheckBig, type LucideIcon, Pencil, Trash2 } from "lucide-react";
import type { RefObject } from "react";
import { Form, Link } from "react-router";
import { DayItems } from "#app/components/forms/day-items.tsx";
import { boxIdOf } from "#app/components/selection/selection.ts";
import { closePopovers } from "#app/components/ui/popovers.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

interface RowMenuProps {
  task: TaskView;
  above: string | undefined;
  below: string | undefined;
  editTo: string;
  /** Gets the focus back when the menu closes. */
  opener: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** A row's actions as a menu, for touch. It opens when mounted; `onClose` is to unmount it. */
export function RowMenu({ task, above, below, editTo, opener, onClose }: RowMenuProps) {
  return (
    <div
      ref={(menu) => menu?.showPopover({ source: opener.current ?? undefined })}
      popover="auto"
      onToggle={({ newState }) => newState === "closed" && onClose()}
      className="menu"
    >
      <p className="truncate px-3 pt-2 pb-1 text-[13px] text-ink-2">{task.title}</p>
      <Link to={editTo} preventScrollReset className="menu-item" onClick={closePopovers}>
        <Pencil aria-hidden="true" size={18} strokeWidth={1.75} />
        Edit
      </Link>
      <Form method="post" navigate={false} onSubmit={closePopovers}>
        <input type="hidden" name="intent" value="bulk" />
        <input type="hidden" name="id" value={task.id} />
        <DayItems />
      </Form>
      {above && <Item task={task} intent="move" moveTo={`before ${above}`} label="Move up" Icon={ArrowUp} />}
      {below && <Item task={task} intent="move" moveTo={`after ${below}`} label="Move down" Icon={ArrowDown} />}
      <button type="button" className="menu-item" onClick={() => document.getElementById(boxIdOf(task.id))?.click()}>
        <CircleCheckBig aria-hidden="true" size={18} strokeWidth={1.75} />
        Select
      </button>
      <Item task={task} intent="delete" label="Delete" Icon={Trash2} />
    </div>
  );
}

interface ItemProps {
  task: TaskView;
  intent: "move" | "delete";
  moveTo?: string;
  label: string;
  Icon: LucideIcon;
}

function Item({ task: { id }, intent, moveTo, label, Icon }: ItemProps) {
  return (
    <Form method="post" navigate={false} onSubmit={closePopovers}>
      <input type="hidden" name="id" value={id} />
      {moveTo && <input type="hidden" name="place" value={moveTo} />}
      <button type="submit" name="intent" value={intent} className={`menu-item ${intent === "delete" ? "hover:text-late" : ""}`}>
        <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
        {label}
      </button>
    </Form>
  );
}
