import { addTask, expect, taskRow, taskRows, test, titleLink } from "../support/pages.ts";

test("a task is completed, found among the completed ones, and reopened", { tag: "@core" }, async ({ person: { page } }) => {
  await addTask(page, "Pay rent");
  await addTask(page, "Call the dentist");
  await page.getByRole("button", { name: "Complete: Pay rent" }).click();
  await expect(page.getByRole("status")).toContainText("Completed “Pay rent”.");
  await expect(titleLink(page, "Pay rent")).toHaveCount(0);
  await page.getByRole("link", { name: "Done" }).click();
  await expect(taskRows(page)).toHaveText(["Pay rent"]);
  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect(taskRows(page)).toHaveText(["Pay rent", "Call the dentist"]);
  await page.getByRole("button", { name: "Reopen: Pay rent" }).click();
  await expect(page.getByRole("status")).toContainText("Reopened “Pay rent”.");
  await page.getByRole("link", { name: "Open", exact: true }).click();
  await page.reload();
  await expect(taskRows(page)).toHaveText(["Pay rent", "Call the dentist"]);
});

test("completing is reverted with Undo", async ({ person: { page } }) => {
  await addTask(page, "Pay rent");
  await page.getByRole("button", { name: "Complete: Pay rent" }).click();
  await expect(titleLink(page, "Pay rent")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Complete: Pay rent" })).toBeVisible();
});

test("reopening is reverted with Undo", async ({ person: { page } }) => {
  await addTask(page, "Pay rent");
  await page.getByRole("button", { name: "Complete: Pay rent" }).click();
  await page.getByRole("link", { name: "Done" }).click();
  await page.getByRole("button", { name: "Reopen: Pay rent" }).click();
  await expect(page.getByText("Nothing done yet")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Reopen: Pay rent" })).toBeVisible();
  await expect(page).toHaveURL(/status=done/);
});

test("deleting is reverted with Undo, and the task keeps its place", async ({ person: { page } }) => {
  for (const title of ["First", "Second", "Third"]) await addTask(page, title);
  await taskRow(page, "Second").hover();
  await page.getByRole("button", { name: "Delete: Second" }).click();
  await expect(page.getByRole("status")).toContainText("Deleted “Second”.");
  await expect(taskRows(page)).toHaveText(["First", "Third"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("Undone");
  await page.reload();
  await expect(taskRows(page)).toHaveText(["First", "Second", "Third"]);
});

test("a deleted task is in no view", async ({ person: { page } }) => {
  await addTask(page, "Not wanted");
  await page.getByRole("button", { name: "Delete: Not wanted" }).click();
  for (const view of ["Open", "Done", "All"]) {
    await page.getByRole("link", { name: view, exact: true }).click();
    await expect(page.getByRole("link", { name: view, exact: true })).toHaveAttribute("aria-current", "true");
    await expect(titleLink(page, "Not wanted")).toHaveCount(0);
  }
});

test("two clicks on Undo have the effect of one", { tag: ["@browser", "@noscript"] }, async ({ person: { page } }) => {
  await addTask(page, "Kept");
  await page.getByRole("button", { name: "Delete: Kept" }).click();
  await page.getByRole("button", { name: "Undo" }).dblclick();
  await expect(page.getByRole("status")).toContainText("Undone");
  await expect(titleLink(page, "Kept")).toBeVisible();
});

test("each empty view says what to do", async ({ person: { page } }) => {
  await expect(page.getByText("Write the next thing in the box above")).toBeVisible();
  await page.getByRole("link", { name: "Done" }).click();
  await expect(page.getByText("What you complete waits here")).toBeVisible();
  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect(page.getByText("Write the next thing in the box above")).toBeVisible();
});
