export type Adapter = typeof import("@atlaskit/pragmatic-drag-and-drop/element/adapter");

/**
 * Loads the library after the page, which does not need it at once, and then calls `register`, which returns clean-up functions. If it
 * fails to load, keys, buttons and menus still move rows. The returned function cleans up.
 */
export function withAdapter(register: (adapter: Adapter) => (() => void)[]): () => void {
  let isOver = false;
  let cleanups: (() => void)[] = [];
  function onLoad(adapter: Adapter) {
    if (!isOver) cleanups = register(adapter);
  }
  import("@atlaskit/pragmatic-drag-and-drop/element/adapter").then(onLoad, () => undefined);
  return () => {
    isOver = true;
    for (const cleanUp of cleanups) cleanUp();
  };
}

/** Registers a row as draggable; it has `data-dragged` meanwhile. Returns the clean-up function. */
export function draggableRow(row: HTMLElement, { draggable }: Adapter): () => void {
  return draggable({
    element: row,
    onDragStart: () => row.setAttribute("data-dragged", ""),
    onDrop: () => row.removeAttribute("data-dragged"),
  });
}

export function idOf(row: Element): string {
  return row.id.replace("task-", "");
}
