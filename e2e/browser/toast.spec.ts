import type { Page } from "@playwright/test";
import { addTask, createTasks, expect, hydrated, logIn, logOut, test, titleLink } from "../support/pages.ts";

test("a reload does not repeat a message", async ({ person: { page } }) => {
  await hydrated(page);
  await addTask(page, "Pay rent");
  await page.getByRole("button", { name: "Complete: Pay rent" }).click();
  await expect(page.getByRole("status")).toContainText("Completed “Pay rent”.");
  await expect(page).toHaveURL("/tasks");
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("status")).toBeEmpty();
});

test("a message in the URL is shown once", async ({ person: { page } }) => {
  await page.goto("/tasks?status=all&did=saved");
  await expect(page.getByRole("status")).toHaveText("Saved.");
  await expect(page).toHaveURL("/tasks?status=all");
});

test("a message disappears by itself, unless it has the pointer or the focus", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent" }]);
  await page.clock.install();
  await page.reload();
  await hydrated(page);
  await page.getByRole("button", { name: "Complete: Pay rent" }).click();
  await expect(page.getByRole("status")).toContainText("Completed “Pay rent”.");
  await page.clock.fastForward(8_000);
  await expect(page.getByRole("status")).toContainText("Completed “Pay rent”.");
  await page.getByRole("button", { name: "Undo" }).hover();
  await page.clock.fastForward(25_000);
  await expect(page.getByRole("status")).toContainText("Completed “Pay rent”.");
  await page.getByRole("heading", { level: 1 }).hover();
  await page.clock.fastForward(11_000);
  await expect(page.getByRole("status")).toBeEmpty();
});

test("an action on one page can be undone on another", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent" }]);
  await page.reload();
  await hydrated(page);
  await page.getByRole("button", { name: "Complete: Pay rent" }).click();
  await expect(page.getByRole("status")).toContainText("Completed “Pay rent”.");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Upcoming" }).click();
  await expect(page.getByRole("heading", { name: "Upcoming", level: 1 })).toBeVisible();
  await page.keyboard.press("z");
  await expect(page.getByRole("status")).toContainText("Undone");
  await page.goto("/tasks");
  await expect(titleLink(page, "Pay rent")).toBeVisible();
});

test("the same message in the URL is shown again after another save", async ({ person: { page } }) => {
  await page.goto("/settings");
  await hydrated(page);
  await page.getByRole("button", { name: "Save" }).click();
  const message = page.getByRole("status").getByText("Saved.");
  await expect(message).toBeVisible();
  const first = await message.elementHandle();
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => first?.evaluate((element) => element.isConnected)).toBe(false);
  await expect(message).toBeVisible();
  await expect(page).toHaveURL("/settings");
});

test("a repeated message without an Undo is announced again", async ({ person: { page } }) => {
  await page.goto("/settings");
  await hydrated(page);
  const message = page.getByRole("status").getByText("Nothing is overdue.");
  await movedOverdue(page);
  await expect(message).toBeVisible();
  const first = await message.elementHandle();
  await movedOverdue(page);
  await expect.poll(() => first?.evaluate((element) => element.isConnected)).toBe(false);
  await expect(message).toBeVisible();
});

async function movedOverdue(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("overdue");
  await page.keyboard.press("Enter");
}

test("the next user of a browser does not see the previous user's message", async ({ person, stranger }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Secret" }]);
  await page.reload();
  await hydrated(page);
  await page.getByRole("button", { name: "Complete: Secret" }).click();
  await expect(page.getByRole("status")).toContainText("Completed “Secret”.");
  await logOut(page);
  await logIn(page, stranger.account.email, stranger.account.password);
  await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  await expect(page.getByRole("status")).toBeEmpty();
});
