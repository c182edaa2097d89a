import { type RefObject, useEffect, useEffectEvent } from "react";
import { useSearchParams, useSubmit } from "react-router";
import { type Adapter, draggableRow, idOf, withAdapter } from "#app/components/task/drag-adapter.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

const DAY = "[data-day]";

/**
 * Makes rows movable to another day by dragging; a drop submits the form that schedules a task. Every element with `data-day` below
 * `page` is a day. `days` are the tasks by day, as the server has them.
 */
export function useDayDragging(page: RefObject<HTMLElement | null>, days: Record<string, TaskView[]>): void {
  const submit = useSubmit();
  const [search] = useSearchParams();
  const schedule = useEffectEvent((id: string, { dataset: { day = "" } }: HTMLElement) => {
    const task = Object.values(days)
      .flat()
      .find((one) => one.id === id);
    if (!task?.due || !task.dueDay) return;
    const form = { intent: "bulk", id, set: "day", day: shiftDate(task.due.date, task.dueDay, day) };
    void submit(form, { method: "post", navigate: false });
  });
  // The row of an open editor is mounted again when that closes.
  const rows = [search.get("edit"), ...Object.entries(days).flatMap(([day, tasks]) => [day, ...tasks.map(({ id }) => id)])].join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are registered anew.
  useEffect(
    () =>
      withAdapter((adapter) => [
        ...elements(page.current, `${DAY} .task-row`).map((row) => draggableRow(row, adapter)),
        ...elements(page.current, DAY).map((day) => dropTarget(day, adapter, schedule)),
      ]),
    [page, rows],
  );
}

function elements(page: HTMLElement | null, selector: string): HTMLElement[] {
  return [...(page?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

/** Registers a day, which has `data-drop` while another day's row is over it; returns the clean-up function. */
function dropTarget(day: HTMLElement, { dropTargetForElements }: Adapter, schedule: (id: string, day: HTMLElement) => void): () => void {
  const leave = () => day.removeAttribute("data-drop");
  const cleanUp = dropTargetForElements({
    element: day,
    canDrop: ({ source }) => source.element.closest(DAY) !== day,
    onDragEnter: () => day.setAttribute("data-drop", ""),
    onDragLeave: leave,
    onDrop({ source }) {
      leave();
      schedule(idOf(source.element), day);
    },
  });
  return () => {
    leave();
    cleanUp();
  };
}

/**
 * The due date that is as far from `date` as the day `to` is from the day `from`. They differ for a time in another zone, whose date
 * there may be the day before or after the user's.
 */
function shiftDate(date: string, from: string, to: string): string {
  return new Date(Date.parse(date) + Date.parse(to) - Date.parse(from)).toISOString().slice(0, 10);
}
