import type { Page } from "@playwright/test";
import { addTask, createTasks, dueIn, editTask, expect, hydrated, type Person, taskRow, test, titleLink } from "../support/pages.ts";
import { bearer, sessionToken } from "../support/test.ts";

async function changeElsewhere({ page, id }: Person, task: string, data: object): Promise<void> {
  const headers = bearer(await sessionToken(page.request));
  const answer = await page.request.patch(`/api/${id}/tasks/${task}`, { headers, data });
  expect(answer.status()).toBe(200);
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
}

test("input for one task is never saved to another", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  const [parent] = await createTasks(person, [{ title: "Thesis" }]);
  const [subtask] = await createTasks(person, [{ title: "Draft chapter 3", parent_id: parent }]);
  await page.goto(`/task/${subtask}`);
  await page.getByLabel("Title").fill("Draft chapter 4");
  await page.getByRole("link", { name: "Thesis" }).click();
  await expect(page.getByRole("heading", { name: "Thesis", level: 1 })).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Thesis");
});

test("an invalid subtask title is rejected beside its field, and kept", async ({ person }) => {
  const { page } = person;
  const [parent] = await createTasks(person, [{ title: "Thesis" }]);
  await page.goto(`/task/${parent}`);
  const box = page.getByLabel("Add a subtask");
  await box.fill("x".repeat(501));
  await box.press("Enter");
  await expect(box).toHaveAccessibleDescription("must have at most 500 characters");
  await expect(box).toHaveValue("x".repeat(501));
  await box.fill("Draft chapter 3");
  await box.press("Enter");
  await expect(titleLink(page, "Draft chapter 3")).toBeVisible();
  await expect(box).toHaveValue("");
  await expect(box).toHaveAccessibleDescription("");
});

for (const { button, said, view } of [
  { button: "Complete", said: "Completed “", view: "/tasks?status=done" },
  { button: "Skip this one", said: "Skipped “", view: "/tasks" },
  { button: "Delete", said: "Deleted “", view: "/trash" },
]) {
  test(`${button} also saves the input`, async ({ person }) => {
    const { page } = person;
    const [task] = await createTasks(person, [{ title: "Before", due: dueIn(0), recurrence: { rrule: "FREQ=DAILY", anchor: "due" } }]);
    await page.goto(`/task/${task}`);
    await page.getByLabel("Title").fill("After");
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByRole("status")).toContainText(said);
    await page.goto(view);
    await expect(page.getByRole("main").getByText("After", { exact: true })).toBeVisible();
  });
}

test("Complete does nothing if the input is invalid, and keeps it", async ({ person }) => {
  const { page } = person;
  const [task] = await createTasks(person, [{ title: "Before" }]);
  await page.goto(`/task/${task}`);
  await page.getByLabel("Title").fill("   ");
  await page.getByLabel("Notes").fill("A long text that took an hour");
  await page.getByRole("button", { name: "Complete" }).click();
  await expect(page.getByLabel("Title")).toHaveAccessibleDescription("must not be empty");
  await expect(page.getByLabel("Notes")).toHaveValue("A long text that took an hour");
  await expect(page.getByRole("button", { name: "Complete" })).toBeVisible();
});

test("after a conflict was shown, Complete saves the input", async ({ person }) => {
  const { page } = person;
  const [task = ""] = await createTasks(person, [{ title: "Original" }]);
  await page.goto(`/task/${task}`);
  await page.getByLabel("Notes").fill("A long text that took an hour");
  await changeElsewhere(person, task, { title: "From elsewhere" });
  await page.getByRole("button", { name: "Complete" }).click();
  await expect(page.getByRole("alert")).toContainText("From elsewhere");
  await expect(page.getByLabel("Notes")).toHaveValue("A long text that took an hour");
  await page.getByRole("button", { name: "Complete" }).click();
  await expect(page.getByRole("button", { name: "Open again" })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Notes")).toHaveValue("A long text that took an hour");
});

test("Delete in a row's editor also saves the input", async ({ person: { page } }) => {
  await addTask(page, "Before");
  const editor = await editTask(page, "Before");
  await page.getByLabel("Title").fill("After");
  await editor.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(titleLink(page, "After")).toBeVisible();
});

test.describe("with scripts", { tag: "@browser" }, () => {
  test("a subtask typed on one task's page is not added to another", async ({ person }) => {
    const { page } = person;
    const [one] = await createTasks(person, [{ title: "Thesis" }, { title: "Passport" }]);
    await page.goto(`/task/${one}`);
    await hydrated(page);
    await page.getByLabel("Add a subtask").fill("Draft chapter 3");
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("dialog").getByRole("combobox").fill("Passport");
    await page.getByRole("option", { name: "Passport", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Passport", level: 1 })).toBeVisible();
    await expect(page.getByLabel("Add a subtask")).toHaveValue("");
  });

  test("the box for a subtask keeps its focus and new text after an add", async ({ person }) => {
    const { page } = person;
    const [parent] = await createTasks(person, [{ title: "Thesis" }]);
    await page.goto(`/task/${parent}`);
    await hydrated(page);
    const box = page.getByLabel("Add a subtask");
    await box.fill("Draft chapter 3");
    await box.press("Enter");
    await expect(titleLink(page, "Draft chapter 3")).toBeVisible();
    await expect(box).toHaveValue("");
    await expect(box).toBeFocused();
    await page.keyboard.type("Draft chapter 4");
    await page.keyboard.press("Enter");
    await expect(titleLink(page, "Draft chapter 4")).toBeVisible();
    await expect(box).toBeFocused();
  });

  test("input in a row's editor survives a change elsewhere, and is saved only after the conflict is shown", async ({ person }) => {
    const { page } = person;
    const [task = ""] = await createTasks(person, [{ title: "Original" }]);
    await page.goto("/tasks?status=all");
    const editor = await editTask(page, "Original");
    await hydrated(page);
    await editor.getByLabel("Notes").fill("A long text that took an hour");
    await changeElsewhere(person, task, { title: "From elsewhere", status: "done" });
    await addTask(page, "Loads the page anew");
    await expect(editor.getByLabel("Notes")).toHaveValue("A long text that took an hour");
    await save(page);
    await expect(page.getByRole("alert")).toContainText("From elsewhere");
    await expect(editor.getByLabel("Notes")).toHaveValue("A long text that took an hour");
    await save(page);
    await expect(taskRow(page, "Original")).toContainText("A long text that took an hour");
  });

  test("input on a task's page survives a change elsewhere, and is saved only after the conflict is shown", async ({ person }) => {
    const { page } = person;
    const [task = ""] = await createTasks(person, [{ title: "Original" }]);
    await page.goto(`/task/${task}`);
    await hydrated(page);
    await page.getByLabel("Notes").fill("A long text that took an hour");
    await changeElsewhere(person, task, { title: "From elsewhere" });
    await page.getByLabel("Add a subtask").fill("Loads the page anew");
    await page.getByLabel("Add a subtask").press("Enter");
    await expect(page.getByRole("heading", { name: "From elsewhere", level: 1 })).toBeVisible();
    await expect(page.getByLabel("Notes")).toHaveValue("A long text that took an hour");
    await save(page);
    await expect(page.getByRole("alert")).toContainText("From elsewhere");
    await save(page);
    await expect(page.getByRole("status")).toContainText("Saved “");
    await expect(page.getByRole("heading", { name: "Original", level: 1 })).toBeVisible();
    await page.getByLabel("Title").fill("Saved again");
    await save(page);
    await expect(page.getByRole("heading", { name: "Saved again", level: 1 })).toBeVisible();
  });

  test("a task's page shows the fields that Undo restored", async ({ person }) => {
    const { page } = person;
    const [task] = await createTasks(person, [{ title: "Before" }]);
    await page.goto(`/task/${task}`);
    await hydrated(page);
    await page.getByLabel("Title").fill("After");
    await save(page);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByLabel("Title")).toHaveValue("Before");
  });

  test("Complete completes a task that changed elsewhere if there is no input", async ({ person }) => {
    const { page } = person;
    const [task = ""] = await createTasks(person, [{ title: "Original" }]);
    await page.goto(`/task/${task}`);
    await hydrated(page);
    await changeElsewhere(person, task, { title: "From elsewhere" });
    await page.getByRole("button", { name: "Complete" }).click();
    await expect(page.getByRole("heading", { name: "From elsewhere", level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: "Open again" })).toBeVisible();
    await expect(page.getByLabel("Title")).toHaveValue("From elsewhere");
  });

  for (const view of ["/tasks", "/inbox", "/today"]) {
    test(`input in an editor on ${view} is kept when its task is completed elsewhere`, async ({ person }) => {
      const { page } = person;
      const [task = ""] = await createTasks(person, [
        { title: "Original", due: dueIn(0) },
        { title: "Another", due: dueIn(0) },
      ]);
      await page.goto(view);
      await hydrated(page);
      const editor = await editTask(page, "Original");
      await editor.getByLabel("Notes").fill("A long text that took an hour");
      await changeElsewhere(person, task, { status: "done" });
      await page.getByRole("button", { name: "Complete: Another" }).click();
      await expect(page.getByRole("status")).toContainText("Completed “Another”.");
      await expect(titleLink(page, "Another")).toBeHidden();
      await expect(editor.getByLabel("Notes")).toHaveValue("A long text that took an hour");
      await save(page);
      await expect(page.getByRole("alert")).toContainText("changed elsewhere");
      await save(page);
      await expect(page.getByRole("status")).toContainText("Saved “");
      await expect(editor).toHaveCount(0);
      await page.goto(`/task/${task}`);
      await expect(page.getByLabel("Notes")).toHaveValue("A long text that took an hour");
    });
  }
});
