import { closePopovers } from "#app/components/ui/popovers.ts";

/** The id of the bulk form, which the checkboxes of all rows belong to. */
export const SELECTION = "selection";

export function boxIdOf(taskId: string): string {
  return `select-${taskId}`;
}

const BOX = `input[form=${SELECTION}]`;

/** Where a range begins: the checkbox that was toggled last. */
let anchor: HTMLInputElement | undefined;

export function clearSelection(): void {
  document.querySelector<HTMLFormElement>(`#${SELECTION}`)?.reset();
}

/** Before the bar is hidden: moves the focus out of it, to the row that was selected last, or to another one. */
export function moveFocusToRow({ currentTarget: bar }: { currentTarget: Element }): void {
  if (!bar.contains(document.activeElement)) return;
  const boxes = visibleBoxes();
  const selected = boxes.filter(({ checked }) => checked);
  const box = selected.find((one) => one === anchor) ?? selected[0] ?? boxes[0];
  (box?.closest("li")?.querySelector("a") ?? document.querySelector("main"))?.focus();
}

/** The buttons of the bar that keys press while tasks are selected. */
const BAR_BUTTONS: Record<string, string> = {
  c: "button[value=done]",
  d: "button[popovertarget=selection-due]",
  l: "button[popovertarget=selection-label]",
  m: "button[popovertarget=selection-list]",
  p: "button[popovertarget=selection-priority]",
  Delete: "button[value=trash]",
};

/** Acts on all selected tasks. Returns whether there are any and the key has a meaning for them. */
export function pressOnSelection(key: string): boolean {
  const button = BAR_BUTTONS[key];
  if (button === undefined || !document.querySelector(`${BOX}:checked`)) return false;
  document.querySelector<HTMLElement>(`#${SELECTION} ${button}`)?.click();
  return true;
}

/** Changes the selection; `row` has the focus. Returns whether the key has a meaning. */
export function selectByKey(key: string, row: Element | null | undefined): boolean {
  const box = boxOf(row);
  switch (key) {
    case "x":
      return toggle(box);
    case "X":
      return box !== undefined && checkRange(box, true);
    case "J":
      return extendSelection(box, 1);
    case "K":
      return extendSelection(box, -1);
    case "Escape":
      return clearByKey();
    default:
      return false;
  }
}

/** A click with Shift applies to all checkboxes from the last toggled one to this one. */
export function selectByClick({ target, shiftKey }: MouseEvent): void {
  if (!(target instanceof HTMLInputElement) || !target.matches(BOX)) return;
  closePopovers();
  if (shiftKey) checkRange(target, target.checked);
  else anchor = target;
}

function toggle(box: HTMLInputElement | undefined): boolean {
  box?.click();
  return box !== undefined;
}

function checkRange(box: HTMLInputElement, isChecked: boolean): boolean {
  const boxes = visibleBoxes();
  const start = boxes.indexOf(anchor ?? box);
  const [from = 0, to = 0] = [start < 0 ? boxes.indexOf(box) : start, boxes.indexOf(box)].toSorted((a, b) => a - b);
  for (const one of boxes.slice(from, to + 1)) one.checked = isChecked;
  return true;
}

function extendSelection(box: HTMLInputElement | undefined, step: 1 | -1): boolean {
  const boxes = visibleBoxes();
  const next = box && boxes[boxes.indexOf(box) + step];
  if (!box || !next) return false;
  if (!box.checked) anchor = box;
  box.checked = true;
  next.checked = true;
  next.closest("li")?.querySelector("a")?.focus();
  return true;
}

function clearByKey(): boolean {
  if (document.querySelector(":popover-open") || !document.querySelector(`${BOX}:checked`)) return false;
  clearSelection();
  return true;
}

function boxOf(row: Element | null | undefined): HTMLInputElement | undefined {
  return row?.querySelector<HTMLInputElement>(BOX) ?? undefined;
}

function visibleBoxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(BOX)].filter((box) => box.closest("li")?.checkVisibility());
}
