import type { Browser, BrowserContext, BrowserContextOptions } from "@playwright/test";

/**
 * One context a worker, emptied between tests: a new one would load and compile every script again. Tabs close with
 * their test; cookies, routes, permissions and the network are set back. The app keeps nothing else in a browser.
 */
export class SharedContext {
  readonly #browser: Browser;
  #options = "";
  #context: BrowserContext | undefined;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** The worker's context; another one where the options are others than before. */
  async open(options: BrowserContextOptions): Promise<BrowserContext> {
    const wanted = JSON.stringify(options);
    if (this.#context && this.#options === wanted) return this.#context;
    await this[Symbol.asyncDispose]();
    this.#options = wanted;
    this.#context = await this.#browser.newContext(options);
    return this.#context;
  }

  async empty(): Promise<void> {
    const context = this.#context;
    if (!context) return;
    await Promise.all(context.pages().map((page) => page.close()));
    await context.unrouteAll({ behavior: "ignoreErrors" });
    await context.setOffline(false);
    await context.clearPermissions();
    await context.clearCookies();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }
}

/**
 * What the console and uncaught errors complain of, until it is disposed of.
 * Chromium reports every answer above 399 as an error. A page, and what a form sends, may be refused:
 * tests ask for that. A picture, a style sheet or a script may not.
 */
export function listen(context: BrowserContext): Disposable & { complaints: string[] } {
  const complaints: string[] = [];
  const refused = new Set<string>();
  const listening = new DisposableStack();
  const on: typeof context.on = (event: never, listener: never) => {
    listening.defer(() => context.off(event, listener));
    return context.on(event, listener);
  };
  on("response", (response) => {
    if (response.status() >= 400 && ["document", "fetch"].includes(response.request().resourceType())) refused.add(response.url());
  });
  // A test may take the network away from what a script asks for, be it a script.
  on("requestfailed", (request) => {
    if (["fetch", "script"].includes(request.resourceType())) refused.add(request.url());
  });
  on("console", (message) => {
    const isRefusal = message.text().startsWith("Failed to load resource") && refused.has(message.location().url);
    if (["error", "warning"].includes(message.type()) && !isRefusal) complaints.push(message.text());
  });
  on("weberror", (error) => complaints.push(String(error.error())));
  return { complaints, [Symbol.dispose]: () => listening.dispose() };
}
