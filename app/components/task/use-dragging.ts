import { type RefObject, useEffect } from "react";
import { useSubmit } from "react-router";
import { type Adapter, draggableRow, idOf, withAdapter } from "#app/components/task/drag-adapter.ts";

type Side = "before" | "after";
type Move = (id: string, side: Side, neighbour: string) => void;

/** Makes the rows of a list movable by dragging; a drop submits the form that moves a task. `ids` are the rows' ids in order, `undefined` for a list in any but the manual order. */
export function useDragging(list: RefObject<HTMLUListElement | null>, ids: string[] | undefined): void {
  const submit = useSubmit();
  const order = ids?.join(" ");
  useEffect(() => {
    if (order === undefined) return;
    function move(id: string, side: Side, neighbour: string) {
      void submit({ intent: "move", id, place: `${side} ${neighbour}` }, { method: "post", navigate: false });
    }
    return withAdapter((adapter) => {
      const rows = [...(list.current?.querySelectorAll<HTMLElement>(":scope > .task-row") ?? [])];
      return rows.flatMap((row) => movableRow(row, adapter, move));
    });
  }, [list, order, submit]);
}

/** Registers a row as draggable and as a drop target whose `data-drop` shows a line; returns the clean-up functions. */
function movableRow(row: HTMLElement, adapter: Adapter, move: Move): (() => void)[] {
  return [
    draggableRow(row, adapter),
    adapter.dropTargetForElements({
      element: row,
      canDrop: ({ source }) => source.element.parentElement === row.parentElement,
      onDrag({ source, location }) {
        const side = sideAt(row, location.current.input.clientY);
        if (isUnmoved(source.element, side, row)) row.removeAttribute("data-drop");
        else row.setAttribute("data-drop", side);
      },
      onDragLeave: () => row.removeAttribute("data-drop"),
      onDrop({ source, location }) {
        row.removeAttribute("data-drop");
        const side = sideAt(row, location.current.input.clientY);
        if (!isUnmoved(source.element, side, row)) move(idOf(source.element), side, idOf(row));
      },
    }),
  ];
}

function sideAt(row: HTMLElement, y: number): Side {
  const { top, height } = row.getBoundingClientRect();
  return y < top + height / 2 ? "before" : "after";
}

function isUnmoved(dragged: Element, side: Side, row: HTMLElement): boolean {
  return dragged === row || dragged === (side === "before" ? row.previousElementSibling : row.nextElementSibling);
}
