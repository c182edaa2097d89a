/** Once something in a menu is chosen. Without scripts a new page closes it. */
export function closeMenus(): void {
  for (const menu of document.querySelectorAll<HTMLElement>(":popover-open")) menu.hidePopover();
}
