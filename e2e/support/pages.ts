import { setTimeout as delay } from "node:timers/promises";
import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import type { DoableServer } from "./server.ts";
import { type Account, anyAddress, test as base, bearer, newAccount, sessionToken, signUpOverHttp } from "./test.ts";

/** Somebody signed in: their account, and the page that they look at. */
export interface Person {
  page: Page;
  account: Account;
  id: string;
}

interface Fixtures {
  /** Signed in as `account` on `page`, on /tasks. */
  person: Person;
  /** Somebody else in another browser, at another address. */
  stranger: Person;
}

/** For tests of pages. A page that complains, by its console or by an error that nobody caught, fails its test. */
export const test = base.extend<Fixtures>({
  context: async ({ context }, use) => {
    const complaints = listen(context);
    await use(context);
    expect(complaints, "the console stays silent").toEqual([]);
  },
  person: async ({ page, server, account }, use) => use(await signedIn(page, server, account)),
  stranger: async ({ browser, server, baseURL, javaScriptEnabled }, use) => {
    const context = await browser.newContext({
      baseURL: baseURL ?? server.url,
      javaScriptEnabled: javaScriptEnabled !== false,
      extraHTTPHeaders: { "X-Forwarded-For": anyAddress() },
    });
    const complaints = listen(context);
    await use(await signedIn(await context.newPage(), server, newAccount()));
    await context.close();
    expect(complaints, "the console stays silent").toEqual([]);
  },
});

export { expect };

async function signedIn(page: Page, server: DoableServer, account: Account): Promise<Person> {
  const id = await signUpOverHttp(page.request, server, account);
  await page.goto("/tasks");
  await takenOver(page);
  return { page, account, id };
}

/** Through the page, as a person does it. Ends on /today. */
export async function signUp(page: Page, account: Account): Promise<void> {
  await page.goto("/signup");
  await takenOver(page);
  await page.getByLabel("Name").fill(account.name);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/today");
}

/**
 * Chromium reports every answer above 399 as an error. A page, and what a form sends, may be refused:
 * tests ask for that. A picture, a style sheet or a script may not.
 */
function listen(context: BrowserContext): string[] {
  const complaints: string[] = [];
  const refused = new Set<string>();
  context.on("response", (response) => {
    if (response.status() >= 400 && ["document", "fetch"].includes(response.request().resourceType())) refused.add(response.url());
  });
  // A test may take the network away from what a script asks for, be it a script.
  context.on("requestfailed", (request) => {
    if (["fetch", "script"].includes(request.resourceType())) refused.add(request.url());
  });
  context.on("console", (message) => {
    const isRefusal = message.text().startsWith("Failed to load resource") && refused.has(message.location().url);
    if (["error", "warning"].includes(message.type()) && !isRefusal) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  return complaints;
}

/** Waits until scripts have taken the page over. React marks the elements that it has taken over; its effects follow. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => Object.keys(document.body).some((name) => name.startsWith("__reactProps")));
  await page.evaluate(() => new Promise<void>((idle) => requestIdleCallback(() => idle())));
}

/** As `hydrated` where scripts run, else at once: so that a form is not sent by the browser itself before scripts could. */
export async function takenOver(page: Page): Promise<void> {
  if (await page.evaluate(() => matchMedia("(scripting: enabled)").matches)) await hydrated(page);
}

/** The server does at once what it is asked for, and its answers to scripts take half a second. */
export async function holdAnswers(page: Page): Promise<void> {
  await page.route("**/*.data*", async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    await delay(500);
    // The page may have moved on.
    await route.fulfill({ response }).catch(() => undefined);
  });
}

export function addBox(page: Page): Locator {
  return page.getByRole("textbox", { name: "Add a task" });
}

/** Every task in sight, as its row. */
export function taskRows(page: Page): Locator {
  return page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^(Complete|Reopen): / }) });
}

/** The task with exactly that title. */
export function taskRow(page: Page, title: string): Locator {
  return page.getByRole("listitem").filter({ has: page.getByRole("link", { name: title, exact: true }) });
}

export function titleLink(page: Page, title: string): Locator {
  return page.getByRole("main").getByRole("link", { name: title, exact: true });
}

export async function addTask(page: Page, title: string): Promise<void> {
  await addBox(page).fill(title);
  await addBox(page).press("Enter");
  await expect(titleLink(page, title)).toBeVisible();
}

/** Opens a task's editor. */
export async function editTask(page: Page, title: string): Promise<Locator> {
  await titleLink(page, title).click();
  const editor = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Save" }) });
  await expect(editor).toBeVisible();
  return editor;
}

/** Over the API, for tests that need many or special ones. Returns their ids. */
export async function createTasks({ page, id }: Person, tasks: object[]): Promise<string[]> {
  const headers = bearer(await sessionToken(page.request));
  const ids: string[] = [];
  for (const data of tasks) {
    const answer = await page.request.post(`/api/${id}/tasks`, { headers, data });
    expect(answer.status()).toBe(201);
    ids.push((await answer.json()).id);
  }
  return ids;
}

/** A due date so many days from today, where a new account is. */
export function dueIn(days: number): { date: string } {
  return { date: Temporal.Now.plainDateISO("UTC").add({ days }).toString() };
}

/** The part of a page under that heading. */
export function section(page: Page, heading: string): Locator {
  return page.locator("section, details").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });
}

/** On its page, where it ends. */
export async function makeList(page: Page, name: string): Promise<void> {
  await page.goto("/lists");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Make list" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

/** A desk has that beside every page, a phone in the settings. */
export async function logOut(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: /^Log out/ });
  if (!(await button.isVisible())) await page.goto("/settings");
  await button.click();
  await expect(page).toHaveURL("/login");
}

/** As on a desk, whatever the screen: there the side bar is in sight. */
export async function atDesk(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 720 });
}

/** Nothing is cut off or reached only by scrolling sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { width, content } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    content: document.documentElement.scrollWidth,
  }));
  expect(content).toBeLessThanOrEqual(width);
}
