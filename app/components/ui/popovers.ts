/** Closes every open menu, after one of its items was chosen. Without scripts the next page closes it. */
export function closePopovers(): void {
  for (const popover of document.querySelectorAll<HTMLElement>(":popover-open")) popover.hidePopover();
}
