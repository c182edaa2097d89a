import type { Page } from "@playwright/test";
import { addTask, createTasks, editTask, expect, hydrated, staleTab, taskRow, test, titleLink } from "../support/pages.ts";

async function staleEditor(page: Page) {
  await addTask(page, "Original");
  const other = await staleTab(page);
  await other.goto("/tasks");
  const editor = await editTask(other, "Original");
  await editTask(page, "Original");
  await page.getByLabel("Title").fill("From the first tab");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved “From the first tab”.");
  return { other, editor };
}

test("an edit of a task changed meanwhile shows both versions, and can overwrite it", { tag: "@core" }, async ({ person: { page } }) => {
  const { other, editor } = await staleEditor(page);
  await other.getByLabel("Title").fill("From the second tab");
  await editor.getByLabel("Notes").fill("Notes of the second tab");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("alert")).toContainText("From the first tab");
  await expect(other.getByLabel("Title")).toHaveValue("From the second tab");
  await expect(editor.getByLabel("Notes")).toHaveValue("Notes of the second tab");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(taskRow(other, "From the second tab")).toContainText("Notes of the second tab");
  await expect(other.getByRole("status")).toContainText("Saved “From the second tab”.");
  await page.reload();
  await expect(titleLink(page, "From the second tab")).toBeVisible();
});

test("an edit of a task changed meanwhile can be discarded", async ({ person: { page } }) => {
  const { other, editor } = await staleEditor(page);
  await other.getByLabel("Title").fill("From the second tab");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("alert")).toContainText("From the first tab");
  await editor.getByRole("link", { name: "Cancel" }).click();
  await expect(titleLink(other, "From the first tab")).toBeVisible();
});

test("an edit of a task deleted meanwhile restores the task with the input", async ({ person: { page } }) => {
  await addTask(page, "Pay rent");
  const other = await staleTab(page);
  await other.goto("/tasks");
  const editor = await editTask(other, "Pay rent");
  await editor.getByLabel("Notes").fill("A long text that took an hour");
  await taskRow(page, "Pay rent").hover();
  await page.getByRole("button", { name: "Delete: Pay rent" }).click();
  await expect(titleLink(page, "Pay rent")).toHaveCount(0);
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("status")).toContainText("It was in the trash: it is back, with your changes.");
  await expect(taskRow(other, "Pay rent")).toContainText("A long text that took an hour");
  await other.getByRole("button", { name: "Undo" }).click();
  await expect(titleLink(other, "Pay rent")).toHaveCount(0);
});

test("an edit of a permanently deleted task creates a new task", async ({ person: { page } }) => {
  await addTask(page, "Pay rent");
  const other = await staleTab(page);
  await other.goto("/tasks");
  const editor = await editTask(other, "Pay rent");
  await editor.getByLabel("Title").fill("Pay the rent");
  await taskRow(page, "Pay rent").hover();
  await page.getByRole("button", { name: "Delete: Pay rent" }).click();
  // The row is gone before the server has deleted the task, and leaving the page would cancel the request.
  await expect(page.getByRole("status")).toContainText("Deleted “Pay rent”.");
  await page.goto("/trash");
  await page.getByText("Empty the trash").click();
  await page.getByRole("button", { name: "Empty it" }).click();
  await expect(page.getByText("Pay rent")).toHaveCount(0);
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("status")).toContainText("It was gone for good: it is a new task now.");
  await expect(titleLink(other, "Pay the rent")).toBeVisible();
});

for (const act of ["Complete", "Delete"] as const) {
  test(`${act} reports that the task is gone`, async ({ person: { page } }) => {
    await addTask(page, "Short-lived");
    const other = await staleTab(page);
    await other.goto("/tasks");
    await page.getByRole("button", { name: "Delete: Short-lived" }).click();
    await expect(page.getByText("Nothing to do")).toBeVisible();
    await taskRow(other, "Short-lived").hover();
    await other.getByRole("button", { name: `${act}: Short-lived` }).click();
    await expect(other.getByRole("status")).toHaveText("That task is not there any more.");
  });
}

test("input for a task stays in its editor when the task is deleted", { tag: "@browser" }, async ({ person: { page }, person }) => {
  await createTasks(person, [{ title: "Short-lived" }, { title: "Pay rent" }]);
  const other = await staleTab(page);
  for (const one of [page, other]) await one.goto("/inbox");
  await hydrated(other);
  await titleLink(other, "Short-lived").click();
  await other.getByLabel("Title", { exact: true }).fill("Long-lived");
  await taskRow(page, "Short-lived").hover();
  await page.getByRole("button", { name: "Delete: Short-lived" }).click();
  await expect(taskRow(page, "Short-lived")).toHaveCount(0);
  await other.getByRole("button", { name: "Complete: Pay rent" }).click();
  await expect(other.getByRole("status")).toContainText("Completed “Pay rent”.");
  await expect(other.getByLabel("Title", { exact: true })).toHaveValue("Long-lived");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("status")).toContainText("It was in the trash: it is back, with your changes.");
  await expect(taskRow(other, "Long-lived")).toBeVisible();
});

test("opening a deleted task reports that it is gone", async ({ person: { page } }) => {
  await addTask(page, "Short-lived");
  const other = await staleTab(page);
  await other.goto("/tasks");
  await page.getByRole("button", { name: "Delete: Short-lived" }).click();
  await expect(page.getByText("Nothing to do")).toBeVisible();
  await titleLink(other, "Short-lived").click();
  await expect(other.getByRole("status")).toHaveText("That task is not there any more.");
});

test("an action already done in another tab offers no Undo", async ({ person: { page }, person }) => {
  await createTasks(person, [{ title: "Pay rent" }]);
  const other = await staleTab(page);
  for (const [status, verb, words] of [
    ["open", "Complete", "Completed “Pay rent”."],
    ["done", "Reopen", "Reopened “Pay rent”."],
  ]) {
    for (const one of [page, other]) await one.goto(`/tasks?status=${status}`);
    await page.getByRole("button", { name: `${verb}: Pay rent` }).click();
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    await other.getByRole("button", { name: `${verb}: Pay rent` }).click();
    await expect(other.getByRole("status")).toContainText(words as string);
    await expect(other.getByRole("button", { name: "Undo" })).toHaveCount(0);
  }
});
