import type { Page } from "@playwright/test";
import { addTask, editTask, expect, taskRow, test, titleLink } from "../support/pages.ts";

/** The same task in the editors of two tabs; the first has saved already. */
async function staleEditor(page: Page) {
  await addTask(page, "Original");
  const other = await page.context().newPage();
  await other.goto("/tasks");
  const editor = await editTask(other, "Original");
  await editTask(page, "Original");
  await page.getByLabel("Title").fill("From the first tab");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(titleLink(page, "From the first tab")).toBeVisible();
  return { other, editor };
}

test("who edits what was changed meanwhile sees both versions, and can save over it", async ({ person: { page } }) => {
  const { other, editor } = await staleEditor(page);
  await other.getByLabel("Title").fill("From the second tab");
  await editor.getByLabel("Notes").fill("Notes of the second tab");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("alert")).toContainText("From the first tab");
  await expect(other.getByLabel("Title")).toHaveValue("From the second tab");
  await expect(editor.getByLabel("Notes")).toHaveValue("Notes of the second tab");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(taskRow(other, "From the second tab")).toContainText("Notes of the second tab");
  await page.reload();
  await expect(titleLink(page, "From the second tab")).toBeVisible();
});

test("who edits what was changed meanwhile can leave it at that", async ({ person: { page } }) => {
  const { other, editor } = await staleEditor(page);
  await other.getByLabel("Title").fill("From the second tab");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("alert")).toContainText("From the first tab");
  await editor.getByRole("link", { name: "Cancel" }).click();
  await expect(titleLink(other, "From the first tab")).toBeVisible();
});

test("a task that was deleted meanwhile is said to be gone, whatever is done to it", async ({ person: { page } }) => {
  for (const title of ["Edited", "Completed", "Opened", "Deleted"]) await addTask(page, title);
  const other = await page.context().newPage();
  await other.goto("/tasks");
  await editTask(other, "Edited");
  for (const title of ["Edited", "Completed", "Opened", "Deleted"]) {
    await taskRow(page, title).hover();
    await page.getByRole("button", { name: `Delete: ${title}` }).click();
    await expect(titleLink(page, title)).toHaveCount(0);
  }
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("status")).toHaveText("That task is not there any more.");
  await expect(other.getByText("Nothing to do")).toBeVisible();
});

for (const act of ["Complete", "Delete"] as const) {
  test(`${act} says so when the task is gone`, async ({ person: { page } }) => {
    await addTask(page, "Short-lived");
    const other = await page.context().newPage();
    await other.goto("/tasks");
    await page.getByRole("button", { name: "Delete: Short-lived" }).click();
    await expect(page.getByText("Nothing to do")).toBeVisible();
    await taskRow(other, "Short-lived").hover();
    await other.getByRole("button", { name: `${act}: Short-lived` }).click();
    await expect(other.getByRole("status")).toHaveText("That task is not there any more.");
  });
}

test("opening a task that is gone says so", async ({ person: { page } }) => {
  await addTask(page, "Short-lived");
  const other = await page.context().newPage();
  await other.goto("/tasks");
  await page.getByRole("button", { name: "Delete: Short-lived" }).click();
  await expect(page.getByText("Nothing to do")).toBeVisible();
  await titleLink(other, "Short-lived").click();
  await expect(other.getByRole("status")).toHaveText("That task is not there any more.");
});
