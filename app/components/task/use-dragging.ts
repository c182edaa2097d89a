import { type RefObject, useEffect } from "react";
import { useSubmit } from "react-router";

type Where = "before" | "after";

/** Lets the rows of a list be dragged to another place in it, by the form that moves a task. `ids` are those of its rows, in their order. */
export function useDragging(list: RefObject<HTMLUListElement | null>, ids: string[] | undefined): void {
  const submit = useSubmit();
  const order = ids?.join(" ");
  useEffect(() => {
    if (order === undefined) return;
    let isOver = false;
    const stops: (() => void)[] = [];
    function move(id: string, where: Where, neighbour: string) {
      void submit({ intent: "move", id, place: `${where} ${neighbour}` }, { method: "post", navigate: false });
    }
    function makeDraggable(adapter: Adapter) {
      if (isOver) return;
      for (const row of list.current?.querySelectorAll<HTMLElement>(":scope > .task-row") ?? [])
        stops.push(...draggableRow(row, adapter, move));
    }
    // Nobody drags before the page stands, so this comes after it. Where it never comes, keys and buttons move rows all the same.
    import("@atlaskit/pragmatic-drag-and-drop/element/adapter").then(makeDraggable, () => undefined);
    return () => {
      isOver = true;
      for (const stop of stops) stop();
    };
  }, [list, order, submit]);
}

type Adapter = typeof import("@atlaskit/pragmatic-drag-and-drop/element/adapter");

/** Returns what ends it. While another row of the same list is over this one, a line shows where it would stand. */
function draggableRow(
  row: HTMLElement,
  { draggable, dropTargetForElements }: Adapter,
  move: (id: string, where: Where, neighbour: string) => void,
): (() => void)[] {
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
        const where = whereAt(row, location.current.input.clientY);
        if (isThere(source.element, where, row)) row.removeAttribute("data-drop");
        else row.setAttribute("data-drop", where);
      },
      onDragLeave: () => row.removeAttribute("data-drop"),
      onDrop({ source, location }) {
        row.removeAttribute("data-drop");
        const where = whereAt(row, location.current.input.clientY);
        if (!isThere(source.element, where, row)) move(idOf(source.element), where, idOf(row));
      },
    }),
  ];
}

function whereAt(row: HTMLElement, y: number): Where {
  const { top, height } = row.getBoundingClientRect();
  return y < top + height / 2 ? "before" : "after";
}

/** Whether the row stands where it would be put. */
function isThere(dragged: Element, where: Where, row: HTMLElement): boolean {
  return dragged === row || dragged === (where === "before" ? row.previousElementSibling : row.nextElementSibling);
}

function idOf(row: Element): string {
  return row.id.replace("task-", "");
}
