import { type RefObject, useEffect } from "react";
import { useSubmit } from "react-router";

type Side = "before" | "after";
type Move = (id: string, side: Side, neighbour: string) => void;
type Adapter = typeof import("@atlaskit/pragmatic-drag-and-drop/element/adapter");

/** Makes the rows of a list movable by dragging; a drop submits the form that moves a task. `ids` are the rows' ids in order, `undefined` for a list in any but the manual order. */
export function useDragging(list: RefObject<HTMLUListElement | null>, ids: string[] | undefined): void {
  const submit = useSubmit();
  const order = ids?.join(" ");
  useEffect(() => {
    if (order === undefined) return;
    let isUnmounted = false;
    const cleanups: (() => void)[] = [];
    function move(id: string, side: Side, neighbour: string) {
      void submit({ intent: "move", id, place: `${side} ${neighbour}` }, { method: "post", navigate: false });
    }
    function makeDraggable(adapter: Adapter) {
      if (isUnmounted) return;
      for (const row of list.current?.querySelectorAll<HTMLElement>(":scope > .task-row") ?? [])
        cleanups.push(...draggableRow(row, adapter, move));
    }
    // Loaded after the page, which does not need it at once. If it fails to load, keys and buttons move rows.
    import("@atlaskit/pragmatic-drag-and-drop/element/adapter").then(makeDraggable, () => undefined);
    return () => {
      isUnmounted = true;
      for (const cleanUp of cleanups) cleanUp();
    };
  }, [list, order, submit]);
}

/** Registers a row as draggable and as a drop target whose `data-drop` shows a line; returns the clean-up functions. */
function draggableRow(row: HTMLElement, { draggable, dropTargetForElements }: Adapter, move: Move): (() => void)[] {
  return [
    draggable({
      element: row,
      onDragStart: () => row.setAttribute("data-dragged", ""),
      onDrop: () => row.removeAttribute("data-dragged"),
    }),
    dropTargetForElements({
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

function idOf(row: Element): string {
  return row.id.replace("task-", "");
}
