import { computeAccessibleDescription, computeAccessibleName, getRole } from "dom-accessibility-api";
import { matches, normalized, type Text } from "./text.ts";
import { isVisible } from "./visibility.ts";

// Finds elements by role, label and text, as Playwright's `getBy…` do.

export interface RoleOptions {
  name?: Text;
  exact?: boolean;
  level?: number;
  checked?: boolean;
  expanded?: boolean;
  pressed?: boolean;
  selected?: boolean;
  disabled?: boolean;
  includeHidden?: boolean;
}

export type Scope = Document | Element;

/** Skips computed styles: there are no style sheets, and they are most of the cost of an accessible name. */
const plain = {
  computedStyleSupportsPseudoElements: false,
  getComputedStyle: () => ({ display: "", visibility: "", content: "", getPropertyValue: () => "" }) as unknown as CSSStyleDeclaration,
};

export function nameOf(element: Element): string {
  return computeAccessibleName(element, plain);
}

export function descriptionOf(element: Element): string {
  return computeAccessibleDescription(element, plain);
}

export function byRole(scope: Scope, role: string, options: RoleOptions = {}): Element[] {
  return all(scope).filter((element) => roleOf(element) === role && hasState(element, options) && isIncluded(element, options));
}

/** Roles that the library leaves out. */
const MORE_ROLES: Record<string, string> = { strong: "strong", em: "emphasis" };

/** These are landmarks only if they have a name (HTML-AAM). */
const NAMED = ["region", "form"];

function roleOf(element: Element): string | null {
  const role = getRole(element) ?? MORE_ROLES[element.localName] ?? null;
  return role && NAMED.includes(role) && !element.hasAttribute("role") && nameOf(element) === "" ? null : role;
}

function isIncluded(element: Element, { name, exact, includeHidden }: RoleOptions): boolean {
  if (!includeHidden && (!isVisible(element) || element.closest("[aria-hidden=true]"))) return false;
  return name === undefined || matches(nameOf(element), name, exact);
}

function hasState(element: Element, { level, ...states }: RoleOptions): boolean {
  if (level !== undefined && level !== levelOf(element)) return false;
  return (["checked", "expanded", "pressed", "selected", "disabled"] as const).every(
    (state) => states[state] === undefined || states[state] === stateOf(element, state),
  );
}

function levelOf(element: Element): number {
  return Number(element.getAttribute("aria-level") ?? element.localName.slice(1));
}

function stateOf(element: Element, state: "checked" | "expanded" | "pressed" | "selected" | "disabled"): boolean {
  const own = element.getAttribute(`aria-${state}`);
  if (own !== null) return own === "true";
  if (state === "expanded" && element.localName === "summary") return element.parentElement?.hasAttribute("open") === true;
  if (state === "disabled") return element.matches(":disabled");
  return (element as unknown as Record<string, unknown>)[state] === true;
}

export function byLabel(scope: Scope, text: Text, exact?: boolean): Element[] {
  return all(scope).filter((element) => labelsOf(element).some((label) => matches(label, text, exact)));
}

function labelsOf(element: Element): string[] {
  const ids = element.getAttribute("aria-labelledby")?.split(/\s+/) ?? [];
  if (ids.length > 0) return [ids.map((id) => element.ownerDocument.getElementById(id)?.textContent).join(" ")];
  const label = element.getAttribute("aria-label");
  if (label) return [label];
  return [...((element as HTMLInputElement).labels ?? [])].map(({ textContent }) => normalized(textContent));
}

export function byText(scope: Scope, text: Text, exact?: boolean): Element[] {
  const has = (element: Element) => !element.matches("script, style, head, head *") && matches(textOf(element), text, exact);
  return all(scope).filter((element) => has(element) && ![...element.children].some(has));
}

export function textOf(element: Element): string {
  return element.matches("input[type=submit], input[type=button]") ? (element as HTMLInputElement).value : (element.textContent ?? "");
}

function all(scope: Scope): Element[] {
  return [...scope.querySelectorAll("*")];
}
