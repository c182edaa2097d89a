import { ArrowDown, ArrowUp, Ellipsis, type LucideIcon, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { Form } from "react-router";
import { RowMenu } from "#app/components/task/row-menu.tsx";
import type { TaskView } from "#app/tasks/task-view.ts";

interface RowControlsProps {
  task: TaskView;
  above: string | undefined;
  below: string | undefined;
  editTo: string;
}

/** The buttons of a row. For touch with scripts, app.css shows a menu button in place of them. */
export function RowControls(props: RowControlsProps) {
  const { task, above, below } = props;
  const opener = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        ref={opener}
        type="button"
        aria-label={`More: ${task.title}`}
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className="row-more"
      >
        <Ellipsis aria-hidden="true" size={20} strokeWidth={1.75} />
      </button>
      {isOpen && <RowMenu {...props} opener={opener} onClose={() => setOpen(false)} />}
      <div className="row-controls">
        {above && <Control task={task} intent="move" moveTo={`before ${above}`} label="Move up" Icon={ArrowUp} />}
        {below && <Control task={task} intent="move" moveTo={`after ${below}`} label="Move down" Icon={ArrowDown} />}
        <Control task={task} intent="delete" label="Delete" Icon={Trash2} />
      </div>
    </>
  );
}

interface ControlProps {
  task: TaskView;
  intent: "move" | "delete";
  /** `before <id>` or `after <id>`. */
  moveTo?: string;
  label: string;
  Icon: LucideIcon;
}

function Control({ task: { id, title }, intent, moveTo, label, Icon }: ControlProps) {
  return (
    <Form method="post" navigate={false}>
      <input type="hidden" name="id" value={id} />
      {moveTo && <input type="hidden" name="place" value={moveTo} />}
      <button
        type="submit"
        name="intent"
        value={intent}
        aria-label={`${label}: ${title}`}
        className={`grid h-11 w-9 place-items-center rounded-lg text-ink-3 ${intent === "delete" ? "hover:text-late" : "hover:text-ink"}`}
      >
        <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
      </button>
    </Form>
  );
}
