import { ArrowDown, ArrowUp, type LucideIcon } from "lucide-react";
import { Form, Link } from "react-router";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { optimisticLists } from "#app/components/task/optimistic.ts";
import { useLists } from "#app/components/ui/layout-data.ts";
import { ListDot } from "#app/components/ui/page-parts.tsx";

export function ListRows() {
  const lists = optimisticLists(useLists(), usePendingForms());
  if (lists.length === 0) return null;
  return (
    <ul className="mb-6 border-t border-line">
      {lists.map(({ id, name, color, openCount }, index) => (
        <li key={id} className="flex items-center border-b border-line">
          <Link to={`/lists/${id}`} className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 px-1">
            <ListDot color={color} />
            <span className="min-w-0 flex-1 truncate font-[480]">{name}</span>
            <span className="text-[13px] text-ink-3 tabular-nums">{openCount}</span>
          </Link>
          <MoveButton id={id} name={name} side="before" neighbour={lists[index - 1]?.id} Icon={ArrowUp} />
          <MoveButton id={id} name={name} side="after" neighbour={lists[index + 1]?.id} Icon={ArrowDown} />
        </li>
      ))}
    </ul>
  );
}

interface MoveButtonProps {
  id: string;
  name: string;
  side: "before" | "after";
  /** `undefined` for the first or last list: the button does nothing. It stays, so that the others are aligned and it keeps the focus. */
  neighbour: string | undefined;
  Icon: LucideIcon;
}

function MoveButton({ id, name, side, neighbour, Icon }: MoveButtonProps) {
  return (
    <Form method="post" navigate={false}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="place" value={`${side} ${neighbour}`} />
      <button
        type={neighbour === undefined ? "button" : "submit"}
        name="intent"
        value="move-list"
        aria-disabled={neighbour === undefined || undefined}
        aria-label={`Move ${side === "before" ? "up" : "down"}: ${name}`}
        className="grid h-11 w-9 place-items-center rounded-lg text-ink-3 not-aria-disabled:hover:text-ink aria-disabled:opacity-30 pointer-coarse:w-11"
      >
        <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
      </button>
    </Form>
  );
}
