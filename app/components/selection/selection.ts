import { closeMenus } from "#app/components/ui/popovers.ts";

/** The form that the boxes of selected rows belong to. */
export const SELECTION = "selection";

export function boxIdOf(taskId: string): string {
  return `select-${taskId}`;
}

const BOX = `input[form=${SELECTION}]`;

/** Where a range begins: the box that was toggled last. */
let anchor: HTMLInputElement | undefined;

/** Unchecks every box. */
export function clearSelection(): void {
  document.querySelector<HTMLFormElement>(`#${SELECTION}`)?.reset();
}

/** Before the bar goes: the focus, if the bar has it, goes to the row that was selected last, or to another one. */
export function keepFocus({ currentTarget: bar }: { currentTarget: Element }): void {
  if (!bar.contains(document.activeElement)) return;
  const boxes = visibleBoxes();
  const selected = boxes.filter(({ checked }) => checked);
  const box = selected.find((one) => one === anchor) ?? selected[0] ?? boxes[0];
  (box?.closest("li")?.querySelector("a") ?? document.querySelector("main"))?.focus();
}

/** Whether a key means something to the selection: `row` has the focus. */
export function selectByKey(key: string, row: Element | null | undefined): boolean {
  const box = boxOf(row);
  switch (key) {
    case "x":
      return toggled(box);
    case "X":
      return box !== undefined && checkedUpTo(box, true);
    case "J":
      return extended(box, 1);
    case "K":
      return extended(box, -1);
    case "Escape":
      return cleared();
    default:
      return false;
  }
}

/** A click with Shift does to all boxes from the last one up to this one what it does to this one. */
export function selectByClick({ target, shiftKey }: MouseEvent): void {
  if (!(target instanceof HTMLInputElement) || !target.matches(BOX)) return;
  closeMenus();
  if (shiftKey) checkedUpTo(target, target.checked);
  else anchor = target;
}

function toggled(box: HTMLInputElement | undefined): boolean {
  box?.click();
  return box !== undefined;
}

function checkedUpTo(box: HTMLInputElement, isChecked: boolean): boolean {
  const boxes = visibleBoxes();
  const start = boxes.indexOf(anchor ?? box);
  const [from = 0, to = 0] = [start < 0 ? boxes.indexOf(box) : start, boxes.indexOf(box)].toSorted((a, b) => a - b);
  for (const one of boxes.slice(from, to + 1)) one.checked = isChecked;
  return true;
}

/** Selects this row and the next one, which gets the focus. */
function extended(box: HTMLInputElement | undefined, step: 1 | -1): boolean {
  const boxes = visibleBoxes();
  const next = box && boxes[boxes.indexOf(box) + step];
  if (!box || !next) return false;
  if (!box.checked) anchor = box;
  box.checked = true;
  next.checked = true;
  next.closest("li")?.querySelector("a")?.focus();
  return true;
}

function cleared(): boolean {
  if (document.querySelector(":popover-open") || !document.querySelector(`${BOX}:checked`)) return false;
  clearSelection();
  return true;
}

function boxOf(row: Element | null | undefined): HTMLInputElement | undefined {
  return row?.querySelector<HTMLInputElement>(BOX) ?? undefined;
}

/** Those of the rows in sight, in their order. */
function visibleBoxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(BOX)].filter((box) => box.closest("li")?.checkVisibility());
}
