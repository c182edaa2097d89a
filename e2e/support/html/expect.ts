import { type ExpectMatcherState, expect as playwright } from "@playwright/test";
import { HtmlLocator } from "./locator.ts";
import { HtmlPage } from "./page.ts";
import { descriptionOf, nameOf, textOf } from "./queries.ts";
import { containsText, equalsText, normalized, type Text } from "./text.ts";
import { isVisible } from "./visibility.ts";

// Playwright's matchers for the driver's locators. They check once: a page without scripts does not change later.

type Outcome = { pass: boolean; message: () => string };

function outcome(this: ExpectMatcherState, at: HtmlLocator | HtmlPage, pass: boolean, wanted: unknown, seen: unknown): Outcome {
  const where = at instanceof HtmlPage ? at.url() : String(at);
  const { printExpected, printReceived } = this.utils;
  return {
    pass,
    message: () => `${where}\nExpected: ${this.isNot ? "not " : ""}${printExpected(wanted)}\nReceived: ${printReceived(seen)}`,
  };
}

function compares<T>(read: (element: HTMLElement) => string, isSame: (seen: string, wanted: T) => boolean) {
  return function matcher(this: ExpectMatcherState, locator: HtmlLocator, wanted: T): Outcome {
    const seen = read(locator.one());
    return outcome.call(this, locator, isSame(seen, wanted), wanted, seen);
  };
}

function is(has: (element: HTMLElement) => boolean) {
  return function matcher(this: ExpectMatcherState, locator: HtmlLocator): Outcome {
    return outcome.call(this, locator, has(locator.one()), true, locator.one().outerHTML);
  };
}

function comparesTexts(isSame: (seen: string, wanted: Text) => boolean) {
  return function matcher(this: ExpectMatcherState, locator: HtmlLocator, wanted: Text | Text[]): Outcome {
    const seen = (Array.isArray(wanted) ? locator.find() : [locator.one()]).map((element) => normalized(textOf(element)));
    const all = [wanted].flat();
    const pass = all.length === seen.length && all.every((text, index) => isSame(seen[index] ?? "", text));
    return outcome.call(this, locator, pass, wanted, seen);
  };
}

function equals(seen: string, wanted: Text): boolean {
  return wanted instanceof RegExp ? wanted.test(seen) : seen === wanted;
}

const matchers = {
  toHaveText: comparesTexts(equalsText),
  toContainText: comparesTexts(containsText),
  toHaveValue: compares((element) => (element as HTMLInputElement).value, equals),
  toHaveAccessibleName: compares(nameOf, equalsText),
  toHaveAccessibleDescription: compares(descriptionOf, equalsText),
  toBeDisabled: is((element) => element.matches(":disabled")),
  toBeEnabled: is((element) => !element.matches(":disabled")),
  toBeFocused: is((element) => element.ownerDocument.activeElement === element),
  toBeEmpty: is((element) => normalized("value" in element ? String(element.value) : element.textContent) === ""),
  toHaveCount(this: ExpectMatcherState, locator: HtmlLocator, wanted: number): Outcome {
    const seen = locator.find().length;
    return outcome.call(this, locator, seen === wanted, wanted, seen);
  },
  toBeVisible(this: ExpectMatcherState, locator: HtmlLocator): Outcome {
    const pass = locator.find().length > 0 && isVisible(locator.one());
    return outcome.call(this, locator, pass, "in sight", pass ? "in sight" : "not there or hidden");
  },
  toBeHidden(this: ExpectMatcherState, locator: HtmlLocator): Outcome {
    const pass = locator.find().length === 0 || !isVisible(locator.one());
    return outcome.call(this, locator, pass, "not in sight", pass ? "not there or hidden" : "in sight");
  },
  toBeAttached(this: ExpectMatcherState, locator: HtmlLocator): Outcome {
    return outcome.call(this, locator, locator.find().length > 0, "there", locator.find().length);
  },
  toBeChecked(this: ExpectMatcherState, locator: HtmlLocator, { checked = true } = {}): Outcome {
    const seen = (locator.one() as HTMLInputElement).checked;
    return outcome.call(this, locator, seen === checked, checked, seen);
  },
  toHaveAttribute(this: ExpectMatcherState, locator: HtmlLocator, name: string, wanted: Text = /^/): Outcome {
    const seen = locator.one().getAttribute(name);
    return outcome.call(this, locator, seen !== null && equals(seen, wanted), wanted, seen);
  },
  toHaveJSProperty(this: ExpectMatcherState, locator: HtmlLocator, path: string, wanted: unknown): Outcome {
    const seen = path.split(".").reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], locator.one());
    return outcome.call(this, locator, seen === wanted, wanted, seen);
  },
  toHaveURL(this: ExpectMatcherState, page: HtmlPage, wanted: Text | ((url: URL) => boolean)): Outcome {
    const absolute = typeof wanted === "string" ? new URL(wanted, page.context().baseURL).href : wanted;
    const pass = typeof absolute === "function" ? absolute(new URL(page.url())) : equals(page.url(), absolute);
    return outcome.call(this, page, pass, absolute, page.url());
  },
  toHaveTitle(this: ExpectMatcherState, page: HtmlPage, wanted: Text): Outcome {
    return outcome.call(this, page, equalsText(page.document.title, wanted), wanted, page.document.title);
  },
};

const html = playwright.extend(matchers);

export const expect: typeof playwright = Object.assign(
  ((actual: unknown, message?: string) =>
    (actual instanceof HtmlPage || actual instanceof HtmlLocator ? html : playwright)(actual, message)) as typeof playwright,
  playwright,
);
