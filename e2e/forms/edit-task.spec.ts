import { addTask, editTask, expect, taskRow, taskRows, test, titleLink } from "../support/pages.ts";

test("every field of a task is edited in its row", { tag: ["@noscript", "@core"] }, async ({ person: { page } }) => {
  await addTask(page, "Before");
  await addTask(page, "Next one");
  const editor = await editTask(page, "Before");
  await expect(page.getByLabel("Title")).toHaveValue("Before");
  await expect(page.getByLabel("Title")).toBeFocused();
  await page.getByLabel("Title").fill("After");
  await editor.getByLabel("Notes").fill("Some notes");
  await editor.getByLabel("Due").fill("2031-03-04");
  await editor.getByLabel("Priority").selectOption("Medium");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved “");
  await page.reload();
  await expect(taskRows(page)).toHaveText(["AfterTue 4 Mar 2031Some notes", "Next one"]);
  await editTask(page, "After");
  await expect(editor.getByLabel("Priority")).toHaveValue("2");
});

test("fields can be emptied", async ({ person: { page } }) => {
  await page.getByText("More").click();
  await page.getByLabel("Notes").fill("Some notes");
  await page.getByLabel("Due").fill("2031-03-04");
  await addTask(page, "Plain");
  const editor = await editTask(page, "Plain");
  await editor.getByLabel("Notes").fill("");
  await editor.getByLabel("Due").fill("");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(taskRow(page, "Plain")).toHaveText("Plain");
});

test("saving an unchanged task offers no Undo, which would undo an earlier change", async ({ person: { page } }) => {
  await addTask(page, "Buy milk");
  const editor = await editTask(page, "Buy milk");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved “Buy milk”.");
  await expect(taskRows(page)).toHaveText(["Buy milk"]);
});

test("Enter in the title saves", async ({ person: { page } }) => {
  await addTask(page, "Before");
  await editTask(page, "Before");
  await page.getByLabel("Title").fill("After");
  await page.getByLabel("Title").press("Enter");
  await expect(titleLink(page, "After")).toBeVisible();
});

test("Cancel leaves the task as it was", async ({ person: { page } }) => {
  await addTask(page, "Before");
  const editor = await editTask(page, "Before");
  await page.getByLabel("Title").fill("After");
  await editor.getByRole("link", { name: "Cancel" }).click();
  await expect(titleLink(page, "Before")).toBeVisible();
  await expect(editor).toHaveCount(0);
  await expect(page).toHaveURL("/tasks");
});

test("an invalid title is rejected beside its field, and all input is kept", async ({ person: { page } }) => {
  await addTask(page, "Before");
  const editor = await editTask(page, "Before");
  for (const [title, message] of [
    ["  ", "must not be empty"],
    ["x".repeat(501), "must have at most 500 characters"],
  ] as const) {
    await page.getByLabel("Title").fill(title);
    await editor.getByLabel("Notes").fill("Typed meanwhile");
    await editor.getByRole("button", { name: "Save" }).click();
    await expect(page.getByLabel("Title")).toHaveAccessibleDescription(message);
    await expect(page.getByLabel("Title")).toHaveValue(title);
    await expect(editor.getByLabel("Notes")).toHaveValue("Typed meanwhile");
  }
  await page.getByLabel("Title").fill("After");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(taskRow(page, "After")).toContainText("Typed meanwhile");
});

test("the editor stays in the view that it was opened in", async ({ person: { page } }) => {
  await addTask(page, "Before");
  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect(page).toHaveURL("/tasks?status=all");
  const editor = await editTask(page, "Before");
  await editor.getByLabel("Priority").selectOption("Low");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved “");
  await expect(page.getByRole("link", { name: "All", exact: true })).toHaveAttribute("aria-current", "true");
});

test("a task is deleted from its editor", async ({ person: { page } }) => {
  await addTask(page, "Not wanted");
  const editor = await editTask(page, "Not wanted");
  await editor.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("status")).toContainText("Deleted “Not wanted”.");
  await expect(page.getByText("Nothing to do")).toBeVisible();
});
