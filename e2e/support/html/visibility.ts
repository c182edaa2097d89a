const UNSEEN = "script, style, template, head, noscript:empty, [hidden], input[type=hidden], dialog:not([open])";

/** Elements that the app's style sheet hides on every screen: otherwise some buttons would appear twice. */
const UNSTYLED = ":root:not(:has(.select-box:checked)) .selection-bar, .row-more";

const opened = new WeakSet<Element>();

export function togglePopover(popover: Element): void {
  if (!opened.delete(popover)) opened.add(popover);
}

export function closePopovers(document: Document): void {
  for (const popover of document.querySelectorAll("[popover]")) opened.delete(popover);
}

/**
 * Reads no style sheets: what only CSS hides (on another screen, or a field that a choice makes meaningless) counts as
 * visible, except UNSTYLED, and is tested in Chromium.
 */
export function isVisible(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (at.matches(UNSEEN) || at.matches(UNSTYLED) || isFolded(at, element) || isClosedPopover(at)) return false;
    if ((at as HTMLElement).style?.display === "none") return false;
  }
  return true;
}

function isFolded(at: Element, element: Element): boolean {
  if (at === element || at.localName !== "details" || at.hasAttribute("open")) return false;
  return !at.querySelector(":scope > summary")?.contains(element);
}

function isClosedPopover(at: Element): boolean {
  return at.hasAttribute("popover") && !opened.has(at);
}
