import type { Page } from "@playwright/test";
import {
  addBox,
  addTask,
  createTasks,
  dueIn,
  editTask,
  expect,
  holdRequests,
  hydrated,
  type Person,
  section,
  setTimezone,
  taskRow,
  taskRows,
  test,
  titleLink,
} from "../support/pages.ts";

// The clock of a context can't be taken away again.
test.use({ sharesContext: false });

/** The zone that is `hours` east of UTC. */
function zone(hours: number): string {
  return hours > 0 ? `Etc/GMT-${hours}` : `Etc/GMT+${-hours}`;
}

async function open({ page }: Person, path: string): Promise<void> {
  await page.clock.install();
  await page.goto(path);
  await hydrated(page);
}

async function comeBack(page: Page): Promise<void> {
  await page.clock.fastForward(6_000);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
}

async function expectNoLoad(page: Page, act: () => Promise<unknown>): Promise<void> {
  const loads: string[] = [];
  page.on("request", (request) => loads.push(new URL(request.url()).pathname));
  await act();
  // A load would have been sent before this.
  await page.evaluate(() => fetch("/healthz"));
  page.removeAllListeners("request");
  expect(loads).toEqual(["/healthz"]);
}

test("an open page becomes that of the next day at the user's midnight", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await setTimezone(person, zone(-12));
  const day = () => page.getByRole("main").locator("h1 + *");
  await createTasks(person, [{ title: "Pay rent", due: { date: Temporal.Now.plainDateISO(zone(-12)).toString() } }]);
  await open(person, "/today");
  await expect(section(page, "Today").getByRole("link")).toHaveText(["Pay rent"]);
  await addBox(page).fill("Half typed");
  // The server's clock can't be moved, but the user can: 26 hours ahead is a later day at any time.
  await setTimezone(person, zone(14));
  await page.clock.fastForward("24:00:01");
  await expect(section(page, "Overdue").getByRole("link")).toHaveText(["Pay rent"]);
  const { day: number } = Temporal.Now.plainDateISO(zone(14));
  await expect(day()).toContainText(` ${number} `);
  await expect(addBox(page)).toHaveValue("Half typed");
  await expect(addBox(page)).toBeFocused();
  await page.getByText("More", { exact: true }).click();
  await expect(page.getByLabel("Due")).toHaveValue(Temporal.Now.plainDateISO(zone(14)).toString());
});

test("a task becomes overdue on an open page at its minute", async ({ person }) => {
  const { page } = person;
  const hours = 12 - Temporal.Now.zonedDateTimeISO("UTC").hour;
  await setTimezone(person, zone(hours));
  const date = Temporal.Now.plainDateISO(zone(hours)).toString();
  await createTasks(person, [{ title: "Call Bob", due: { date, time: "13:30" } }]);
  await open(person, "/today");
  await expect(section(page, "Today").getByRole("link")).toHaveText(["Call Bob"]);
  await setTimezone(person, zone(hours + 2));
  await page.clock.fastForward("01:31:00");
  await expect(section(page, "Overdue").getByRole("link")).toHaveText(["Call Bob"]);
});

test("coming back to a tab shows what a script has changed, and takes away nothing that was typed", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one" }, { title: "two" }]);
  await open(person, "/inbox");
  const editor = await editTask(page, "two");
  await editor.getByLabel("Title").fill("Half typed");
  await createTasks(person, [{ title: "three" }]);
  await comeBack(page);
  await expect(taskRows(page)).toHaveText(["one", "three"]);
  await expect(editor.getByLabel("Title")).toHaveValue("Half typed");
  await expect(editor.getByLabel("Title")).toBeFocused();
});

test("coming back soon does not load the page again, and a page with a selection waits", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one" }]);
  await open(person, "/inbox");
  await createTasks(person, [{ title: "two" }]);
  await expectNoLoad(page, () => page.evaluate(() => window.dispatchEvent(new Event("focus"))));
  await page.getByRole("checkbox", { name: "Select: one" }).check();
  await expectNoLoad(page, () => comeBack(page));
  await page.getByRole("checkbox", { name: "Select: one" }).uncheck();
  await page.clock.fastForward(60_000);
  await expect(taskRows(page)).toHaveText(["one", "two"]);
});

test("coming back takes away neither the errors nor the values of a rejected form", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one" }]);
  await open(person, "/inbox");
  const editor = await editTask(page, "one");
  await editor.getByLabel("Title").fill("x".repeat(501));
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(editor.getByLabel("Title")).toHaveAccessibleDescription("must have at most 500 characters");
  await expectNoLoad(page, () => comeBack(page));
  await expect(editor.getByLabel("Title")).toHaveAccessibleDescription("must have at most 500 characters");
  await expect(editor.getByLabel("Title")).toHaveValue("x".repeat(501));
});

test("another tab shows a change at once", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one" }]);
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await tab.goto("/inbox");
    await hydrated(tab);
  }
  await addBox(other).fill("Half typed");
  await addTask(page, "two");
  await expect(taskRows(other)).toHaveText(["one", "two"]);
  await expect(addBox(other)).toHaveValue("Half typed");
  await page.getByRole("button", { name: "Complete: one" }).click();
  await expect(taskRows(other)).toHaveText(["two"]);
});

test("a page stays when its session has ended meanwhile, until the user tries again", async ({ person }) => {
  const { page } = person;
  await open(person, "/inbox");
  await addBox(page).fill("Half typed");
  await page.context().clearCookies();
  await comeBack(page);
  await expect(page.getByRole("status")).toContainText("This page could not be brought up to date.");
  await expect(addBox(page)).toHaveValue("Half typed");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page).toHaveURL("/login?redirectTo=%2Finbox");
});

test("a page that has become unreachable is loaded again once the network is back", async ({ person }) => {
  const { page } = person;
  await open(person, "/inbox");
  await page.context().setOffline(true);
  await comeBack(page);
  await expect(page.getByRole("status")).toBeEmpty();
  await page.context().setOffline(false);
  await createTasks(person, [{ title: "one" }]);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(taskRows(page)).toHaveText(["one"]);
});

test("a page that is loaded in the background does not bring back what was changed meanwhile", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one" }, { title: "two" }]);
  await open(person, "/inbox");
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const isFirst = { load: true };
  const read = Promise.withResolvers<void>();
  await page.route("**/inbox.data*", async (route) => {
    if (route.request().method() !== "GET" || !isFirst.load) return route.continue();
    isFirst.load = false;
    const response = await route.fetch();
    read.resolve();
    await released;
    await route.fulfill({ response }).catch(() => undefined);
  });
  await comeBack(page);
  await read.promise;
  await page.getByRole("button", { name: "Complete: one" }).click();
  await expect(taskRows(page)).toHaveText(["two"]);
  await expect(page.locator("[data-pending]")).toHaveCount(0);
  release();
  await page.waitForLoadState("networkidle");
  await expect(taskRows(page)).toHaveText(["two"]);
});

test("on a slow connection the new place is current at once, and a bar appears within 300 ms", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one", due: dueIn(0) }]);
  await page.goto("/today");
  await hydrated(page);
  const navigation = page.getByRole("navigation", { name: "Main" }).filter({ visible: true });
  const bar = page.locator(".loading-bar");
  await expect(bar).toHaveCount(0);
  const release = await holdRequests(page);
  await navigation.getByRole("link", { name: /^Upcoming/ }).click();
  await expect(navigation.locator("[aria-current=page]")).toHaveText(/^Upcoming/);
  await expect(taskRow(page, "one")).toBeVisible();
  await expect(bar).toHaveCSS("opacity", "1");
  const [delay, duration] = await bar.evaluate((element) => {
    const { animationDelay, animationDuration } = getComputedStyle(element);
    return [animationDelay, animationDuration].map((times) => Number.parseFloat(times) * 1_000);
  });
  expect((delay ?? 0) + (duration ?? 0)).toBeLessThanOrEqual(300);
  release();
  await expect(page.getByRole("heading", { name: "Upcoming", level: 1 })).toBeVisible();
  await expect(bar).toHaveCount(0);
  await expect(titleLink(page, "one")).toHaveCount(0);
});
