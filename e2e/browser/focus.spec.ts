import type { Page } from "@playwright/test";
import {
  addBox,
  addTask,
  createTasks,
  editTask,
  expect,
  holdAnswers,
  hydrated,
  takenOver,
  taskRow,
  test,
  titleLink,
} from "../support/pages.ts";

async function listOf(page: Page, titles: string[]): Promise<void> {
  await hydrated(page);
  for (const title of titles) await addTask(page, title);
}

test("the box keeps the focus after a task is added", async ({ person: { page } }) => {
  await listOf(page, ["First"]);
  await expect(addBox(page)).toBeFocused();
  await page.keyboard.type("Second");
  await page.keyboard.press("Enter");
  await expect(titleLink(page, "Second")).toBeVisible();
  await expect(addBox(page)).toBeFocused();
  await expect(addBox(page)).toHaveValue("");
});

test("the box keeps the focus when its title is rejected", async ({ person: { page } }) => {
  await hydrated(page);
  await addBox(page).fill("  ");
  await addBox(page).press("Enter");
  await expect(addBox(page)).toHaveAccessibleDescription("must not be empty");
  await expect(addBox(page)).toBeFocused();
});

test("text typed while a task is being added is kept", async ({ person: { page } }) => {
  await hydrated(page);
  await holdAnswers(page);
  await addBox(page).fill("First");
  await addBox(page).press("Enter");
  await addBox(page).fill("Second");
  await expect(titleLink(page, "First")).toBeVisible();
  await expect(addBox(page)).toHaveValue("Second");
});

test("closing an editor returns the focus to the task's title", async ({ person: { page } }) => {
  await listOf(page, ["First", "Second"]);
  const editor = await editTask(page, "First");
  await editor.getByRole("link", { name: "Cancel" }).click();
  await expect(titleLink(page, "First")).toBeFocused();
  await editTask(page, "First");
  await page.getByLabel("Title").fill("Renamed");
  await page.getByLabel("Title").press("Enter");
  await expect(titleLink(page, "Renamed")).toBeFocused();
});

test("the task that takes the place of a completed one gets the focus", { tag: "@core" }, async ({ person: { page } }) => {
  await listOf(page, ["First", "Second", "Third"]);
  await page.getByRole("button", { name: "Complete: Second" }).click();
  await expect(titleLink(page, "Third")).toBeFocused();
  await page.getByRole("button", { name: "Complete: Third" }).click();
  await expect(titleLink(page, "First")).toBeFocused();
});

test("after the last task the focus stays on the list, where z undoes", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Last" }]);
  await page.goto("/inbox");
  await hydrated(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Delete");
  await expect(page.getByRole("status")).toContainText("Deleted “Last”.");
  await page.keyboard.press("z");
  await expect(titleLink(page, "Last")).toBeVisible();
  await page.keyboard.press("j");
  await expect(titleLink(page, "Last")).toBeFocused();
  await page.keyboard.press("c");
  await expect(page.getByRole("main").getByText("The Inbox is empty")).toBeFocused();
  await page.keyboard.press("z");
  await expect(titleLink(page, "Last")).toBeFocused();
});

test("a rejected form focuses its first invalid field", { tag: "@noscript" }, async ({ person: { page } }) => {
  await page.goto("/settings/password");
  await takenOver(page);
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Change password" }).press("Enter");
  await expect(page.getByLabel("Current password")).toBeFocused();
  await expect(page.getByRole("alert")).toHaveCount(2);
  await page.getByLabel("Current password").fill("something");
  await page.getByRole("button", { name: "Change password" }).press("Enter");
  await expect(page.getByLabel("New password")).toBeFocused();
});

test("the task that takes the place of a deleted one gets the focus", async ({ person: { page } }) => {
  await listOf(page, ["First", "Second", "Third"]);
  await taskRow(page, "First").hover();
  await page.getByRole("button", { name: "Delete: First" }).click();
  await expect(titleLink(page, "Second")).toBeFocused();
  const editor = await editTask(page, "Second");
  await editor.getByRole("button", { name: "Delete" }).click();
  await expect(titleLink(page, "Third")).toBeFocused();
});

test("a restored task gets the focus", async ({ person: { page } }) => {
  await listOf(page, ["First", "Second", "Third"]);
  await page.getByRole("button", { name: "Complete: Second" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(titleLink(page, "Second")).toBeFocused();
  await taskRow(page, "Second").hover();
  await page.getByRole("button", { name: "Delete: Second" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(titleLink(page, "Second")).toBeFocused();
});

test("the box of a task that stays in view keeps the focus", async ({ person: { page } }) => {
  await listOf(page, ["First", "Second"]);
  await page.getByRole("link", { name: "All", exact: true }).click();
  await page.getByRole("button", { name: "Complete: First" }).click();
  await expect(page.getByRole("button", { name: "Reopen: First" })).toBeFocused();
});

test("the heading gets the focus when the followed link disappears with its page", async ({ person }) => {
  const { page } = person;
  const [parent] = await createTasks(person, [{ title: "Thesis" }]);
  await createTasks(person, [{ title: "Draft chapter 3", parent_id: parent }]);
  await page.goto("/tasks");
  await hydrated(page);
  const editor = await editTask(page, "Draft chapter 3");
  await editor.getByRole("link", { name: "All fields" }).click();
  const heading = page.getByRole("heading", { name: "Draft chapter 3", level: 1 });
  await expect(heading).toBeFocused();
  await expect(heading).toHaveCSS("outline-style", "none");
  await page.getByRole("link", { name: "Thesis" }).click();
  await expect(page.getByRole("heading", { name: "Thesis", level: 1 })).toBeFocused();
});

test("a link that stays keeps the focus", async ({ person: { page } }) => {
  await hydrated(page);
  const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Upcoming" });
  await link.click();
  await expect(page.getByRole("heading", { name: "Upcoming", level: 1 })).toBeVisible();
  await expect(link).toBeFocused();
  await expect(page.locator("[aria-live=polite]").getByText("Upcoming · Doable")).toBeAttached();
});

test("a repeated message is announced each time", async ({ person: { page } }) => {
  await listOf(page, ["First", "Second"]);
  await page.getByRole("button", { name: "Complete: First" }).click();
  const message = page.getByRole("status").getByText(/^Completed “/);
  await expect(message).toBeVisible();
  const first = await message.elementHandle();
  await page.getByRole("button", { name: "Complete: Second" }).click();
  await expect(titleLink(page, "Second")).toHaveCount(0);
  expect(await first?.evaluate((element) => element.isConnected)).toBe(false);
  await expect(message).toBeVisible();
});

test("the live region exists before its first message", async ({ person: { page } }) => {
  await expect(page.getByRole("status")).toBeAttached();
  await expect(page.getByRole("status")).toBeEmpty();
});
