/** Whether a visible element has the focus. A hidden element keeps the focus until the browser's next paint, so it does not count. */
export function hasFocus(): boolean {
  const element = document.activeElement;
  return element !== null && element !== document.body && element.checkVisibility();
}
