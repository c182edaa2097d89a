import type { Browser, BrowserContext, BrowserContextOptions } from "@playwright/test";

/**
 * One context per worker, reset between tests: a new one would load and compile every script again. A reset closes tabs
 * and clears cookies, routes, permissions and network emulation; the app stores nothing else in a browser.
 */
export class SharedContext {
  readonly #browser: Browser;
  #options = "";
  #context: BrowserContext | undefined;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Opens another context if the options differ from the current ones. */
  async open(options: BrowserContextOptions): Promise<BrowserContext> {
    const wanted = JSON.stringify(options);
    if (this.#context && this.#options === wanted) return this.#context;
    await this.close();
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

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/**
 * Collects console messages and uncaught errors until disposed. Chromium logs every status above 399 as an error:
 * expected for pages and form submissions, which tests provoke, but not for images, style sheets and scripts.
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
  // Tests also cut the network for requests of scripts, and for scripts themselves.
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
