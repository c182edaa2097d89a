import { devices, type Locator, type Page } from "@playwright/test";
import { createTasks, dueIn, editTask, expect, expectNoSidewaysScroll, hydrated, type Person, taskRows, test } from "../support/pages.ts";

const { viewport: _viewport, defaultBrowserType: _browser, ...phone } = devices["Pixel 7"];
test.use({ ...phone, viewport: { width: 360, height: 740 } });

async function inboxOf(person: Person): Promise<void> {
  await createTasks(person, [{ title: "one" }, { title: "two" }, { title: "three" }]);
  await person.page.goto("/inbox");
}

test("a row's menu has touch-sized buttons that move, postpone and delete", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await hydrated(page);
  const more = page.getByRole("button", { name: "More: two" });
  const { width = 0, height = 0 } = (await more.boundingBox()) ?? {};
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
  await more.tap();
  for (const item of await page.locator(":popover-open").getByRole("button").all())
    expect((await item.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await page.getByRole("button", { name: "Move up" }).tap();
  await expect(taskRows(page)).toHaveText(["two", "one", "three"]);
  await page.getByRole("button", { name: "More: one" }).tap();
  await page.getByRole("button", { name: "Tomorrow" }).tap();
  await expect(taskRows(page)).toHaveText(["two", "oneTomorrow", "three"]);
  await page.getByRole("button", { name: "More: three" }).tap();
  await page.getByRole("button", { name: "Delete" }).tap();
  await expect(taskRows(page)).toHaveText(["two", "oneTomorrow"]);
  await page.getByRole("button", { name: "More: two" }).tap();
  await page.getByRole("link", { name: "Edit" }).tap();
  await expect(page.getByRole("button", { name: "Save" })).toBeVisible();
});

test("on touch screens a row is moved by its menu, because dragging scrolls the page", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await hydrated(page);
  await page.getByRole("button", { name: "More: one" }).tap();
  await expect(page.getByRole("button", { name: "Move up" })).toHaveCount(0);
  const isMoved = () => page.waitForResponse((response) => response.request().method() === "POST");
  const first = isMoved();
  await page.getByRole("button", { name: "Move down" }).tap();
  await expect(taskRows(page)).toHaveText(["two", "one", "three"]);
  await first;
  await expect(page.locator(":popover-open")).toHaveCount(0);
  await page.getByRole("button", { name: "More: one" }).tap();
  const second = isMoved();
  await page.getByRole("button", { name: "Move down" }).tap();
  await expect(taskRows(page)).toHaveText(["two", "three", "one"]);
  await second;
  await page.reload();
  await expect(taskRows(page)).toHaveText(["two", "three", "one"]);
  await hydrated(page);
  await page.getByRole("button", { name: "More: one" }).tap();
  await expect(page.getByRole("button", { name: "Move down" })).toHaveCount(0);
  await page.getByRole("button", { name: "Move up" }).tap();
  await expect(taskRows(page)).toHaveText(["two", "one", "three"]);
});

test("a row's menu starts a selection", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await hydrated(page);
  await page.getByRole("button", { name: "More: two" }).tap();
  await page.getByRole("button", { name: "Select" }).tap();
  await page.getByRole("checkbox", { name: "Select: three" }).tap();
  await page.getByRole("button", { name: "Complete", exact: true }).tap();
  await expect(taskRows(page)).toHaveText(["one"]);
});

test("without scripts a row contains its controls and its checkbox", { tag: ["@noscript", "@plain"] }, async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await page.getByRole("button", { name: "Move up: two" }).tap();
  await expect(taskRows(page)).toHaveText(["two", "one", "three"]);
  await editTask(page, "two");
});

async function expectTouchSized(target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  await expect(target).toBeInViewport({ ratio: 1 });
  expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
}

test("without scripts every control of the filters is on the screen and can be tapped", { tag: ["@noscript", "@plain"] }, async ({
  person,
}) => {
  const { page } = person;
  const labels = Array.from({ length: 20 }, (_, index) => `${index} ${"w".repeat(46)}`);
  await createTasks(person, [{ title: "Labelled", labels, due: dueIn(-1) }, { title: "Other" }]);
  await page.goto("/tasks?view=overdue");
  const panel = page.getByRole("dialog", { name: "Filter" });
  async function openPanel() {
    await page.getByRole("button", { name: "Filter" }).tap();
    await expect(panel).toBeInViewport({ ratio: 1 });
  }
  await openPanel();
  for (const name of ["Today", /^High/, /^#0 w/, /^#19 w/]) await expectTouchSized(panel.getByRole("link", { name }));
  await panel.getByRole("link", { name: /^#19 w/ }).tap();
  await expect(page).toHaveURL(/view=overdue&label=19/);
  await expectNoSidewaysScroll(page);
  await openPanel();
  await panel.getByLabel("Up to").fill(dueIn(0).date);
  await panel.getByRole("button", { name: "Set" }).tap();
  await expect(taskRows(page)).toHaveCount(1);
  await expectNoSidewaysScroll(page);
  for (const link of await page.getByRole("list", { name: "Filters" }).getByRole("link").all()) await expectTouchSized(link);
  await page.getByRole("link", { name: "Clear filters" }).tap();
  await expect(taskRows(page)).toHaveCount(2);
});

/** Uses up the minute's imports. All but one of the parallel requests are answered without reading the file. */
async function importTooOften(page: Page): Promise<void> {
  await page.goto("/settings/data");
  await page.getByLabel("A JSON or CSV file").setInputFiles({ name: "a.csv", mimeType: "", buffer: Buffer.from("title\nMilk\n") });
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("heading", { name: "Import" })).toBeVisible();
  await Promise.all(Array.from({ length: 30 }, () => page.request.get("/settings/data/import")));
}

test("without scripts an error page fits the screen and leads back", { tag: ["@noscript", "@plain"] }, async ({ person: { page } }) => {
  await importTooOften(page);
  const pages = [
    ["/no-such-page", 404],
    ["/tasks/nobody", 403],
    ["/tasks?cursor=x", 400],
    ["/settings/data/import", 429],
  ] as const;
  for (const [path, status] of pages) {
    await test.step(String(status), async () => {
      expect((await page.goto(path))?.status()).toBe(status);
      await expect(page.getByRole("heading", { level: 1 })).toBeInViewport({ ratio: 1 });
      await expectNoSidewaysScroll(page);
      const back = page.getByRole("main").getByRole("link").last();
      await expectTouchSized(back);
      await back.tap();
      await expect(page).toHaveURL("/today");
    });
  }
});

test("no hover styles remain after a touch", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await hydrated(page);
  await page.getByRole("button", { name: "More: two" }).tap();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("checkbox", { name: "Select: two" })).toHaveCSS("opacity", "0");
  await page.getByRole("button", { name: "Complete: two" }).tap();
  await expect(taskRows(page)).toHaveText(["one", "three"]);
  for (const tick of await page.locator(".box:not([data-done])").all()) await expect(tick).toHaveCSS("color", "rgba(0, 0, 0, 0)");
});
