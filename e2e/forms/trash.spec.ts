import type { Page } from "@playwright/test";
import { addTask, createTasks, expect, taskRow, test, titleLink } from "../support/pages.ts";

async function throwAway(page: Page, titles: string[]): Promise<void> {
  for (const title of titles) {
    await addTask(page, title);
    await taskRow(page, title).hover();
    // The row disappears before the response arrives.
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await page.getByRole("button", { name: `Delete: ${title}` }).click();
    await expect(titleLink(page, title)).toHaveCount(0);
    await answered;
  }
  await page.goto("/trash");
}

function rows(page: Page) {
  return page.getByRole("main").getByRole("listitem");
}

test("a deleted task is restored from the trash to its place", { tag: "@core" }, async ({ person: { page } }) => {
  await throwAway(page, ["Kept", "Not kept"]);
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Restore: Kept", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("Restored “Kept”.");
  await expect(rows(page)).toHaveCount(1);
  await page.goto("/tasks");
  await expect(titleLink(page, "Kept")).toBeVisible();
});

test("a task is restored without its external id, which another task has by now, and the page says so", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Old", external_id: "row-7" }]);
  await page.goto("/tasks");
  await taskRow(page, "Old").hover();
  await page.getByRole("button", { name: "Delete: Old" }).click();
  await expect(page.getByRole("status")).toContainText("Deleted “Old”.");
  await createTasks(person, [{ title: "New", external_id: "row-7" }]);
  await page.goto("/trash");
  await page.getByRole("button", { name: "Restore: Old", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("Restored “Old”, but another task has its external id now.");
  await expect(page.getByText("The trash is empty")).toBeVisible();
});

test("restoring is reverted with Undo", async ({ person: { page } }) => {
  await throwAway(page, ["Old idea"]);
  await page.getByRole("button", { name: "Restore: Old idea" }).click();
  await expect(page.getByText("The trash is empty")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Restore: Old idea" })).toBeVisible();
});

test("a task is deleted permanently after a confirmation", async ({ person: { page } }) => {
  await throwAway(page, ["First", "Second"]);
  await page.getByLabel("Delete for good: First").click();
  await expect(page.getByText("Nothing brings it back").filter({ visible: true })).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Delete it" }).click();
  await expect(page.getByRole("status")).toHaveText("Deleted forever.");
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("Second");
});

test("emptying the trash requires a confirmation", async ({ person: { page } }) => {
  await throwAway(page, ["First", "Second"]);
  await expect(page.getByRole("button", { name: "Empty it" })).toBeHidden();
  await page.getByText("Empty the trash").click();
  await expect(page.getByText("Nothing brings it back").filter({ visible: true })).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Empty it" }).click();
  await expect(page.getByRole("status")).toHaveText("Deleted forever.");
  await expect(page.getByText("The trash is empty")).toBeVisible();
});

test("the focus stays on the page when tasks leave the trash", { tag: "@browser" }, async ({ person: { page } }) => {
  await throwAway(page, ["First", "Second"]);
  await page.getByRole("button", { name: "Restore: Second" }).click();
  await expect(page.getByRole("button", { name: "Restore: First" })).toBeFocused();
  await page.getByRole("button", { name: "Restore: First" }).click();
  await expect(page.getByText("The trash is empty")).toBeVisible();
  await expect(page.locator("body")).not.toBeFocused();
});
