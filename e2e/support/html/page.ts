import type { APIRequestContext, APIResponse } from "@playwright/test";
import { Waiting } from "./events.ts";
import { LoadedPage } from "./loaded-page.ts";
import { HtmlLocator } from "./locator.ts";
import { navigate } from "./navigation.ts";
import type { RoleOptions } from "./queries.ts";
import type { ChosenFile, Submission } from "./submission.ts";
import { normalized, type Text } from "./text.ts";

interface PageContext {
  readonly baseURL: string;
  readonly request: Pick<APIRequestContext, "fetch" | "get" | "post" | "put" | "patch" | "delete">;
  closePage(page: HtmlPage): Promise<void>;
}

export class HtmlPage {
  readonly #context: PageContext;
  readonly #history: Submission[] = [];
  readonly #waiting = new Waiting();
  #loaded = new LoadedPage("");
  #extra: Record<string, string> = {};

  constructor(context: PageContext) {
    this.#context = context;
  }

  get document(): Document {
    return this.#loaded.document;
  }

  get request() {
    return this.#context.request;
  }

  readonly keyboard = {
    press: (key: string) => this.press(key, (this.document.activeElement ?? this.document.body) as HTMLElement),
  };

  context(): PageContext {
    return this.#context;
  }

  url(): string {
    return this.document.URL;
  }

  async content(): Promise<string> {
    return this.#loaded.html;
  }

  async title(): Promise<string> {
    return normalized(this.document.title);
  }

  goto(path: string): Promise<APIResponse> {
    return this.#go({ url: new URL(path, this.#context.baseURL).href, method: "GET" }, this.#extra);
  }

  reload(): Promise<APIResponse> {
    return this.#go(this.#history.pop() ?? { url: this.url(), method: "GET" });
  }

  goBack(): Promise<APIResponse> {
    this.#history.pop();
    return this.reload();
  }

  async close(): Promise<void> {
    this.#loaded.close();
    this.#context.closePage(this);
  }

  async setExtraHTTPHeaders(headers: Record<string, string>): Promise<void> {
    this.#extra = headers;
  }

  async setViewportSize(): Promise<void> {}

  waitForEvent(_download: "download") {
    return this.#waiting.download();
  }

  waitForResponse(isWanted: Parameters<Waiting["response"]>[0]) {
    return this.#waiting.response(isWanted);
  }

  getByRole(role: string, options?: RoleOptions): HtmlLocator {
    return new HtmlLocator(this).getByRole(role, options);
  }

  getByLabel(text: Text, options?: { exact?: boolean }): HtmlLocator {
    return new HtmlLocator(this).getByLabel(text, options);
  }

  getByText(text: Text, options?: { exact?: boolean }): HtmlLocator {
    return new HtmlLocator(this).getByText(text, options);
  }

  locator(selector: string, options?: { hasText?: Text; has?: HtmlLocator }): HtmlLocator {
    return new HtmlLocator(this).locator(selector, options);
  }

  /** Clicks, possibly several times in a row, and follows where that leads. */
  async activate(element: HTMLElement, times = 1): Promise<void> {
    const asked = await this.#loaded.click(element);
    if (!asked) return;
    // The second click is sent before the first one's response, whose page is never shown.
    for (let sent = 1; sent < times; sent++) await navigate(this.request, asked, this.#headers());
    await this.#go(asked);
  }

  async press(key: string, element: HTMLElement): Promise<void> {
    const asked = await this.#loaded.press(key, element);
    if (asked) await this.#go(asked);
  }

  chooseFiles(field: HTMLInputElement, files: ChosenFile[]): void {
    this.#loaded.chooseFiles(field, files);
  }

  #headers(): Record<string, string> {
    return this.url().startsWith("http") ? { Referer: this.url(), ...this.#extra } : this.#extra;
  }

  async #go(asked: Submission, headers = this.#headers()): Promise<APIResponse> {
    const { answer, last } = await navigate(this.request, asked, headers);
    this.#waiting.answered(answer, asked);
    // A download leaves the current page in place.
    if (answer.status() === 204 || (await this.#waiting.saved(answer))) return answer;
    const html = await answer.text();
    this.#loaded.close();
    this.#loaded = new LoadedPage(html, last.url);
    this.#history.push(last);
    return answer;
  }
}
