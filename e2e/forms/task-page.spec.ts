import type { Page } from "@playwright/test";
import {
  addTask,
  createTasks,
  dueIn,
  editTask,
  expect,
  makeList,
  type Person,
  section,
  staleTab,
  taskRow,
  taskRows,
  test,
  titleLink,
} from "../support/pages.ts";

async function taskPage(person: Person, fields: object): Promise<Page> {
  const [id] = await createTasks(person, [fields]);
  await person.page.goto(`/task/${id}`);
  return person.page;
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved “");
}

test("a task's page is reached from its editor", async ({ person: { page } }) => {
  await addTask(page, "Renew passport");
  const editor = await editTask(page, "Renew passport");
  await editor.getByRole("link", { name: "All fields" }).click();
  await expect(page.getByRole("heading", { name: "Renew passport", level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/task\//);
});

test("every field is saved and shown again", { tag: "@core" }, async ({ person }) => {
  await makeList(person.page, "Home");
  const page = await taskPage(person, { title: "Plain" });
  await page.getByText("Repeat and hide").click();
  await page.getByLabel("Repeat", { exact: true }).selectOption("Weekly");
  const typed = {
    Title: "Renew passport",
    Notes: "Photos first",
    Due: "2031-03-04",
    Time: "09:30",
    "Time zone": "Europe/Lisbon",
    Labels: "errand, phone",
    "Hide until": "2031-03-01",
    Every: "2",
    Until: "2031-12-31",
  };
  for (const [label, value] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(value);
  const chosen = { Priority: "High", List: "Home", Repeat: "Weekly", "Counted from": "The due date" };
  for (const [label, value] of Object.entries(chosen)) await page.getByLabel(label, { exact: true }).selectOption(value);
  await page.getByText("Thu", { exact: true }).click();
  await save(page);
  await page.reload();
  for (const [label, value] of Object.entries(typed)) await expect(page.getByLabel(label, { exact: true })).toHaveValue(value);
  for (const [label, value] of Object.entries(chosen)) {
    await expect(page.getByLabel(label, { exact: true }).locator("option:checked")).toHaveText(value);
  }
  await expect(page.getByRole("checkbox", { name: "Thu" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Mon" })).not.toBeChecked();
});

test("notes are Markdown, and HTML in them is text", async ({ person }) => {
  const notes =
    "**Photos** first\n\n- old passport\n- [the form](https://example.com/form)\n\n<script>alert(1)</script> [x](javascript:alert(1))";
  const page = await taskPage(person, { title: "Renew passport", notes });
  await expect(page.getByRole("main").getByRole("strong")).toHaveText("Photos");
  await expect(page.getByRole("listitem").filter({ hasText: "old passport" })).toBeVisible();
  await expect(page.getByRole("link", { name: "the form" })).toHaveAttribute("href", "https://example.com/form");
  await expect(page.getByText("<script>alert(1)</script>").first()).toBeVisible();
  await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0);
  await expect(page.getByLabel("Notes")).toHaveValue(notes);
});

test("subtasks are added and completed, and their parent's row shows the count", { tag: "@core" }, async ({ person }) => {
  const page = await taskPage(person, { title: "Renew passport" });
  for (const title of ["Take photos", "Pay the fee"]) {
    await page.getByLabel("Add a subtask").fill(title);
    await page.getByLabel("Add a subtask").press("Enter");
    await expect(titleLink(page, title)).toBeVisible();
    await expect(page.getByLabel("Add a subtask")).toHaveValue("");
  }
  await page.getByRole("button", { name: "Complete: Take photos" }).click();
  await expect(page.getByRole("status")).toContainText("Completed “Take photos”.");
  await expect(page.getByRole("button", { name: "Reopen: Take photos" })).toBeVisible();
  await expect(taskRows(page)).toHaveText([/^Take photos/, /^Pay the fee/]);
  await page.goto("/inbox");
  await expect(taskRow(page, "Renew passport")).toHaveText("Renew passport1 of 2");
});

test("a subtask's page links to its parent", async ({ person }) => {
  const [parent] = await createTasks(person, [{ title: "Thesis" }]);
  const page = await taskPage(person, { title: "Draft chapter 3", parent_id: parent });
  await expect(page.getByLabel("List")).toHaveCount(0);
  await expect(page.getByLabel("Add a subtask")).toHaveCount(0);
  await page.getByRole("link", { name: "Thesis" }).click();
  await expect(page.getByRole("heading", { name: "Thesis", level: 1 })).toBeVisible();
});

test("a task becomes a subtask by its parent's title, and a top-level task again", async ({ person }) => {
  await makeList(person.page, "Home");
  await createTasks(person, [{ title: "Thesis" }]);
  const page = await taskPage(person, { title: "Draft chapter 3" });
  await page.getByLabel("List").selectOption("Home");
  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("Subtask of").fill("Thesis");
  await save(page);
  await expect(page.getByRole("link", { name: "Thesis" })).toBeVisible();
  await expect(page.getByLabel("List")).toHaveCount(0);
  await page.getByLabel("Notes").fill("Outline first");
  await save(page);
  await page.getByLabel("Subtask of").fill("");
  await save(page);
  await expect(page.getByLabel("List")).toBeVisible();
  await expect(page.getByRole("link", { name: "Thesis" })).toHaveCount(0);
});

test("a parent can be given by its URL if its title is ambiguous", async ({ person }) => {
  const [, second] = await createTasks(person, [{ title: "Thesis" }, { title: "Thesis" }]);
  const page = await taskPage(person, { title: "Draft chapter 3" });
  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("Subtask of").fill("Thesis");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Subtask of")).toHaveAccessibleDescription(/is the title of several tasks/);
  await page.getByLabel("Subtask of").fill(new URL(`/task/${second}`, page.url()).href);
  await save(page);
  await expect(page.getByRole("link", { name: "Thesis" })).toHaveAttribute("href", `/task/${second}`);
  await page.getByLabel("Notes").fill("Which of the two is still known");
  await save(page);
  await expect(page.getByRole("link", { name: "Thesis" })).toHaveAttribute("href", `/task/${second}`);
});

async function expectParentRefused(page: Page, name: string, message: string): Promise<void> {
  await page.getByLabel("Title").fill("Alone no more");
  await page.getByLabel("Subtask of").fill(name);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Subtask of")).toHaveAccessibleDescription(message);
  await expect(page.getByLabel("Subtask of")).toHaveValue(name);
  await expect(page.getByLabel("Title")).toHaveValue("Alone no more");
}

test("an invalid parent is rejected beside its field, and all input is kept", async ({ person, stranger }) => {
  const [parent] = await createTasks(person, [{ title: "Thesis" }]);
  const [child] = await createTasks(person, [{ title: "Draft chapter 3", parent_id: parent }]);
  const [theirs] = await createTasks(stranger, [{ title: "Theirs" }]);
  const page = await taskPage(person, { title: "Alone" });
  await page.getByText("More", { exact: true }).click();
  await expectParentRefused(page, "Theirs", "is not the title of one of your tasks");
  await expectParentRefused(page, `/task/${theirs}`, "is not one of your tasks");
  await expectParentRefused(page, `/task/${child}`, "has a parent itself: there is one level of subtasks");
  await createTasks(person, [{ title: "Below", parent_id: new URL(page.url()).pathname.split("/")[2] }]);
  await expectParentRefused(page, "Thesis", "can't be given to a task that has subtasks: there is one level");
});

test("an external id is saved, and rejected beside its field when another task has it", async ({ person }) => {
  await createTasks(person, [{ title: "Other", external_id: "row-7" }]);
  const page = await taskPage(person, { title: "Plain" });
  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("External id").fill("row-7");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("External id")).toHaveAccessibleDescription("is another task's already");
  await page.getByLabel("External id").fill("row-8");
  await save(page);
  await page.reload();
  await expect(page.getByLabel("External id")).toHaveValue("row-8");
});

test("the history shows the changes, newest first", async ({ person }) => {
  const page = await taskPage(person, { title: "Before" });
  await page.getByLabel("Title").fill("After");
  await page.getByLabel("Labels").fill("errand");
  await save(page);
  await page.getByRole("button", { name: "Complete" }).click();
  await expect(page.getByRole("button", { name: "Open again" })).toBeVisible();
  await expect(section(page, "History").getByRole("listitem")).toHaveText([
    /^CompletedToday, /,
    /^Title changed from “Before” to “After”Label added: #errandToday, /,
    /^MadeToday, /,
  ]);
  await expect(page.getByText(/^Done · Today, /)).toBeVisible();
});

test("an invalid title is rejected beside its field, and all input is kept", async ({ person }) => {
  const page = await taskPage(person, { title: "Before" });
  await page.getByLabel("Title").fill("   ");
  await page.getByLabel("Labels").fill("errand");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Title")).toHaveAccessibleDescription("must not be empty");
  await expect(page.getByLabel("Labels")).toHaveValue("errand");
});

test("an edit of a task that another tab changed shows both versions, and can overwrite it", async ({ person }) => {
  const page = await taskPage(person, { title: "Original" });
  const other = await staleTab(page);
  await other.goto(page.url());
  await page.getByLabel("Title").fill("From the first tab");
  await save(page);
  await other.getByLabel("Title").fill("From the second tab");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("alert")).toContainText("From the first tab");
  await expect(other.getByLabel("Title")).toHaveValue("From the second tab");
  await save(other);
  await expect(other.getByRole("heading", { name: "From the second tab", level: 1 })).toBeVisible();
});

test("an edit of a task that another tab changed can be discarded", async ({ person }) => {
  const page = await taskPage(person, { title: "Original" });
  const other = await staleTab(page);
  await other.goto(page.url());
  await page.getByLabel("Title").fill("From the first tab");
  await save(page);
  await other.getByLabel("Title").fill("From the second tab");
  await other.getByRole("button", { name: "Save" }).click();
  await other.getByRole("link", { name: "Cancel" }).click();
  await expect(other.getByLabel("Title")).toHaveValue("From the first tab");
  await expect(other.getByRole("alert")).toHaveCount(0);
});

test("deleting leaves the task's page, and Undo restores the task", async ({ person }) => {
  const page = await taskPage(person, { title: "Not wanted", due: dueIn(0) });
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/inbox/);
  await expect(page.getByRole("status")).toContainText("Deleted “Not wanted”.");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(titleLink(page, "Not wanted")).toBeVisible();
});

test("users can't see each other's tasks", async ({ person: { page }, stranger }) => {
  const theirs = await taskPage(stranger, { title: "Theirs" });
  const answer = await page.goto(new URL(theirs.url()).pathname);
  expect(answer?.status()).toBe(404);
  await expect(page.getByText("Theirs")).toHaveCount(0);
});
