import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { listen, SharedContext } from "./contexts.ts";
import { HtmlBrowser } from "./html/browser.ts";
import { expect } from "./html/expect.ts";
import { takenOver } from "./hydration.ts";
import { type Account, nextPerson } from "./people.ts";
import type { DoableServer } from "./server.ts";
import { anyAddress, test as base } from "./test.ts";

export interface Person {
  page: Page;
  account: Account;
  id: string;
}

interface Fixtures {
  /** Signed in on `page`, which shows /tasks. */
  person: Person;
  /** Uses another browser and another address. */
  stranger: Person;
  /** False for tests that need an empty HTTP cache, or must prove that users see nothing of each other's data. */
  sharesContext: boolean;
  settings: BrowserContextOptions;
}

export interface PageOptions {
  /** The HTML driver has no scripts (html/browser.ts). */
  driver: "chromium" | "html";
}

interface WorkerFixtures extends PageOptions {
  shared: SharedContext;
}

/** Console errors and uncaught errors of a page fail its test. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  driver: ["chromium", { scope: "worker", option: true }],
  browser: [
    async ({ playwright, driver }, use) => {
      const browser = driver === "html" ? (new HtmlBrowser(playwright.request) as unknown as Browser) : await playwright.chromium.launch();
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  shared: [
    async ({ browser }, use) => {
      await using shared = new SharedContext(browser);
      await use(shared);
    },
    { scope: "worker" },
  ],
  settings: async (
    { baseURL, viewport, colorScheme, javaScriptEnabled, timezoneId, userAgent, deviceScaleFactor, isMobile, hasTouch },
    use,
  ) => {
    const device = { userAgent, deviceScaleFactor, isMobile, hasTouch };
    const options = { baseURL, viewport, colorScheme, javaScriptEnabled, timezoneId, ...device };
    await use(Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)));
  },
  sharesContext: [true, { option: true }],
  context: async ({ shared, sharesContext, settings, address }, use) => {
    if (!sharesContext) await shared.close();
    const context = await shared.open(settings);
    await context.setExtraHTTPHeaders({ "X-Forwarded-For": address });
    using heard = listen(context);
    await use(context);
    await shared.empty();
    expect(heard.complaints, "the console stays silent").toEqual([]);
  },
  person: async ({ page, server }, use) => use(await signedIn(page, server)),
  stranger: async ({ browser, server, settings }, use) => {
    const context = await browser.newContext({ ...settings, extraHTTPHeaders: { "X-Forwarded-For": anyAddress() } });
    using heard = listen(context);
    await use(await signedIn(await context.newPage(), server));
    await context.close();
    expect(heard.complaints, "the console stays silent").toEqual([]);
  },
});

export { expect };

async function signedIn(page: Page, server: DoableServer): Promise<Person> {
  const { id, account, session } = await nextPerson(server);
  await page.context().addCookies([{ ...session, url: server.url, httpOnly: true, sameSite: "Lax" }]);
  await page.goto("/tasks");
  await takenOver(page);
  return { page, account, id };
}
