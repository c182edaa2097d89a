import { setTimeout as delay } from "node:timers/promises";
import type { Locator, Page } from "@playwright/test";
import { HtmlPage } from "./html/page.ts";
import { hydrated, takenOver } from "./hydration.ts";
import { expect, type Person, test } from "./page-test.ts";
import type { Account } from "./people.ts";
import { bearer, sessionToken } from "./test.ts";

// Steps and locators that tests of pages share.

export { expect, hydrated, type Person, takenOver, test };

/** Through the page. Ends on /today. */
export async function signUp(page: Page, account: Account): Promise<void> {
  await page.goto("/signup");
  await takenOver(page);
  await page.getByLabel("Name").fill(account.name);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/today");
}

/** The server handles requests at once, but scripts receive the responses half a second later. */
/** On /login. */
export async function logIn(page: Page, email: string, password: string): Promise<void> {
  await takenOver(page);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

export async function holdAnswers(page: Page): Promise<void> {
  await page.route("**/*.data*", async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    await delay(500);
    // The page may have been left.
    await route.fulfill({ response }).catch(() => undefined);
  });
}

/** Holds every request until the returned function is called. */
export async function holdRequests(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/*.data*", async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

/** Another tab that exchanges no news of changes, as if it were on another device. */
export async function staleTab(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  if (!((other as unknown) instanceof HtmlPage)) await other.addInitScript(ignoreOtherTabs);
  return other;
}

function ignoreOtherTabs(): void {
  class Silent {
    postMessage() {}
    close() {}
  }
  Object.assign(window, { BroadcastChannel: Silent });
}

/** Through the API: open pages do not know of it. */
export async function setTimezone({ page }: Person, timezone: string): Promise<void> {
  const headers = bearer(await sessionToken(page.request));
  expect((await page.request.patch("/api/me", { headers, data: { timezone } })).status()).toBe(200);
}

export function addBox(page: Page): Locator {
  return page.getByRole("textbox", { name: "Add a task" });
}

export function taskRows(page: Page): Locator {
  return page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^(Complete|Reopen): / }) });
}

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

/** In UTC, the zone of the test accounts. */
export function dueIn(days: number): { date: string } {
  return { date: Temporal.Now.plainDateISO("UTC").add({ days }).toString() };
}

export function section(page: Page, heading: string): Locator {
  return page.locator("section, details").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });
}

/** Ends on the list's page. */
export async function makeList(page: Page, name: string): Promise<void> {
  await page.goto("/lists");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Make list" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

/** The side bar has the button on a desktop, the settings on a phone. */
export async function logOut(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: /^Log out(?! everywhere)/ });
  if (!(await button.isVisible())) await page.goto("/settings");
  await button.click();
  await expect(page).toHaveURL("/login");
}

export async function atDesk(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 720 });
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { width, content } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    content: document.documentElement.scrollWidth,
  }));
  expect(content).toBeLessThanOrEqual(width);
}
