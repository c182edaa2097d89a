import { devices } from "@playwright/test";
import { createTasks, editTask, expect, hydrated, type Person, taskRows, test } from "../support/pages.ts";

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
