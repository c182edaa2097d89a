import type { APIRequest, APIRequestContext, BrowserContextOptions } from "@playwright/test";
import { HtmlPage } from "./page.ts";

type StorageState = Awaited<ReturnType<APIRequestContext["storageState"]>>;
type Cookie = StorageState["cookies"][number];
type Options = Pick<BrowserContextOptions, "baseURL" | "extraHTTPHeaders">;

/**
 * Replaces Chromium in the project "forms": the same specs over plain HTTP and an HTML parser, with links and forms
 * only. Tests of what it lacks of Playwright's Page (keys, pointers, layout) need Chromium.
 */
export class HtmlBrowser {
  readonly #http: APIRequest;

  constructor(http: APIRequest) {
    this.#http = http;
  }

  async newContext(options: Options = {}): Promise<HtmlContext> {
    return new HtmlContext(this.#http, options);
  }

  async close(): Promise<void> {}
}

export class HtmlContext {
  readonly baseURL: string;
  readonly #http: APIRequest;
  readonly #pages = new Set<HtmlPage>();
  readonly #cookies: Cookie[] = [];
  #headers: Record<string, string>;
  #opened: Promise<APIRequestContext> | undefined;

  constructor(http: APIRequest, { baseURL = "", extraHTTPHeaders = {} }: Options) {
    this.#http = http;
    this.baseURL = baseURL;
    this.#headers = extraHTTPHeaders;
  }

  pages(): HtmlPage[] {
    return [...this.#pages];
  }

  async newPage(): Promise<HtmlPage> {
    const page = new HtmlPage(this);
    this.#pages.add(page);
    return page;
  }

  async closePage(page: HtmlPage): Promise<void> {
    this.#pages.delete(page);
  }

  /** Only before the first request. */
  async addCookies(cookies: { name: string; value: string; url: string }[]): Promise<void> {
    if (this.#opened) throw new Error("cookies are added before the first request");
    const common = { path: "/", expires: -1, httpOnly: true, secure: false, sameSite: "Lax" as const };
    this.#cookies.push(...cookies.map(({ name, value, url }) => ({ name, value, domain: new URL(url).hostname, ...common })));
  }

  /** Only before the first request. */
  async setExtraHTTPHeaders(headers: Record<string, string>): Promise<void> {
    this.#headers = headers;
  }

  async setOffline(): Promise<void> {}

  async clearPermissions(): Promise<void> {}

  on(): void {}

  off(): void {}

  async unrouteAll(): Promise<void> {}

  async clearCookies(): Promise<void> {
    await this.close();
    this.#opened = undefined;
    this.#cookies.length = 0;
  }

  async close(): Promise<void> {
    await (await this.#opened)?.dispose();
  }

  #open(): Promise<APIRequestContext> {
    const storageState = { cookies: this.#cookies, origins: [] };
    this.#opened ??= this.#http.newContext({ baseURL: this.baseURL, extraHTTPHeaders: this.#headers, storageState });
    return this.#opened;
  }

  /** Shares the cookie jar with every tab, as `page.request` does. */
  readonly request: Pick<APIRequestContext, "fetch" | "get" | "post" | "put" | "patch" | "delete"> = {
    fetch: async (url, options) => (await this.#open()).fetch(url, options),
    get: async (url, options) => (await this.#open()).get(url, options),
    post: async (url, options) => (await this.#open()).post(url, options),
    put: async (url, options) => (await this.#open()).put(url, options),
    patch: async (url, options) => (await this.#open()).patch(url, options),
    delete: async (url, options) => (await this.#open()).delete(url, options),
  };
}
