import { byLabel, byRole, byText, type RoleOptions, type Scope, textOf } from "./queries.ts";
import type { ChosenFile } from "./submission.ts";
import { matches, normalized, type Text } from "./text.ts";
import { isVisible } from "./visibility.ts";

type Step = (found: Scope[]) => Scope[];

interface Filter {
  has?: HtmlLocator;
  hasNot?: HtmlLocator;
  hasText?: Text;
  hasNotText?: Text;
  visible?: boolean;
}

interface LocatedPage {
  readonly document: Document;
  url(): string;
  activate(element: HTMLElement, times?: number): Promise<void>;
  press(key: string, element: HTMLElement): Promise<void>;
  chooseFiles(field: HTMLInputElement, files: ChosenFile[]): void;
}

/** The part of Playwright's Locator that applies to a page without scripts. Each use queries the current page. */
export class HtmlLocator {
  readonly page: LocatedPage;
  readonly #steps: Step[];
  readonly #description: string;

  constructor(page: LocatedPage, steps: Step[] = [], description = "page") {
    this.page = page;
    this.#steps = steps;
    this.#description = description;
  }

  toString(): string {
    return `${this.#description} on ${this.page.url()}`;
  }

  find(scope: Scope = this.page.document): Element[] {
    const found = this.#steps.reduce<Scope[]>((scopes, step) => step(scopes), [scope]);
    return [...new Set(found)] as Element[];
  }

  /** Throws unless there is exactly one, as Playwright's strict mode does. */
  one(): HTMLElement {
    const [element, ...others] = this.find();
    if (!element) throw new Error(`there is no ${this}`);
    if (others.length > 0) throw new Error(`there are ${others.length + 1} of ${this}`);
    return element as HTMLElement;
  }

  #then(description: string, step: Step): HtmlLocator {
    return new HtmlLocator(this.page, [...this.#steps, step], `${this.#description} › ${description}`);
  }

  #within(description: string, query: (scope: Scope) => Element[]): HtmlLocator {
    return this.#then(description, (scopes) => scopes.flatMap(query));
  }

  getByRole(role: string, options?: RoleOptions): HtmlLocator {
    return this.#within(`${role} ${options?.name ?? ""}`, (scope) => byRole(scope, role, options));
  }

  getByLabel(text: Text, { exact }: { exact?: boolean } = {}): HtmlLocator {
    return this.#within(`field ${text}`, (scope) => byLabel(scope, text, exact));
  }

  getByText(text: Text, { exact }: { exact?: boolean } = {}): HtmlLocator {
    return this.#within(`text ${text}`, (scope) => byText(scope, text, exact));
  }

  locator(selector: string, filter: Filter = {}): HtmlLocator {
    return this.#within(selector, (scope) => [...scope.querySelectorAll(selector)]).filter(filter);
  }

  filter({ has, hasNot, hasText, hasNotText, visible }: Filter): HtmlLocator {
    return this.#then("filtered", (scopes) =>
      scopes.filter((scope) => {
        const text = textOf(scope as Element);
        if (visible !== undefined && visible !== isVisible(scope as Element)) return false;
        if (has && has.find(scope).length === 0) return false;
        if (hasNot && hasNot.find(scope).length > 0) return false;
        return (hasText === undefined || matches(text, hasText)) && (hasNotText === undefined || !matches(text, hasNotText));
      }),
    );
  }

  nth(index: number): HtmlLocator {
    return this.#then(`nth ${index}`, (scopes) => scopes.slice(index).slice(0, 1));
  }

  first(): HtmlLocator {
    return this.nth(0);
  }

  last(): HtmlLocator {
    return this.nth(-1);
  }

  async all(): Promise<HtmlLocator[]> {
    return this.find().map((_, index) => this.nth(index));
  }

  async count(): Promise<number> {
    return this.find().length;
  }

  async click(): Promise<void> {
    await this.page.activate(this.#usable());
  }

  async dblclick(): Promise<void> {
    await this.page.activate(this.#usable(), 2);
  }

  async tap(): Promise<void> {
    await this.click();
  }

  async hover(): Promise<void> {
    this.#usable();
  }

  async focus(): Promise<void> {
    this.#usable().focus();
  }

  /** Truncates the text to the field's maximum length, as typing does. */
  async fill(text: string): Promise<void> {
    const field = this.#usable() as HTMLInputElement;
    if (field.readOnly) throw new Error(`${this} is read-only`);
    field.focus();
    field.value = field.maxLength >= 0 ? text.slice(0, field.maxLength) : text;
  }

  async clear(): Promise<void> {
    await this.fill("");
  }

  async press(key: string): Promise<void> {
    const element = this.#usable();
    element.focus();
    await this.page.press(key, element);
  }

  async check(): Promise<void> {
    await this.setChecked(true);
  }

  async uncheck(): Promise<void> {
    await this.setChecked(false);
  }

  async setChecked(checked: boolean): Promise<void> {
    const box = this.#usable() as HTMLInputElement;
    if (box.checked !== checked) await this.page.activate(box);
    if (box.checked !== checked) throw new Error(`${this} stays as it is`);
  }

  async selectOption(choice: string | { label?: string; value?: string }): Promise<void> {
    const select = this.#usable() as unknown as HTMLSelectElement;
    const { label, value } = typeof choice === "string" ? { label: choice, value: choice } : choice;
    const option = [...select.options].find((one) => one.value === value || normalized(one.label) === label);
    if (!option || option.disabled) throw new Error(`${this} has no option ${JSON.stringify(choice)}`);
    option.selected = true;
  }

  async setInputFiles(files: ChosenFile | ChosenFile[]): Promise<void> {
    this.page.chooseFiles(this.#usable() as HTMLInputElement, [files].flat());
  }

  #usable(): HTMLElement {
    const element = this.one();
    if (!isVisible(element)) throw new Error(`${this} is not in sight`);
    if (element.matches(":disabled")) throw new Error(`${this} is disabled`);
    return element;
  }

  async textContent(): Promise<string | null> {
    return this.one().textContent;
  }

  async innerText(): Promise<string> {
    return normalized(this.one().textContent);
  }

  async innerHTML(): Promise<string> {
    return this.one().innerHTML;
  }

  async inputValue(): Promise<string> {
    return (this.one() as HTMLInputElement).value;
  }

  async getAttribute(name: string): Promise<string | null> {
    return this.one().getAttribute(name);
  }

  async allTextContents(): Promise<string[]> {
    return this.find().map((element) => textOf(element));
  }

  async isVisible(): Promise<boolean> {
    return this.find().some(isVisible);
  }

  async isChecked(): Promise<boolean> {
    return (this.one() as HTMLInputElement).checked;
  }

  async evaluate<R, A>(work: (element: HTMLElement, argument: A) => R, argument: A): Promise<R> {
    return work(this.one(), argument);
  }
}
