import { addBox, createTasks, editTask, expect, test, titleLink } from "../support/pages.ts";

test.use({ serverEnv: { QUOTA_TASKS: "17", QUOTA_LISTS: "2", QUOTA_TEXT_MB: "1" } });

const FULL = "An account can have 17 tasks, those in the trash included";

function tasks(count: number, notes = "") {
  return Array.from({ length: count }, (_, index) => ({ title: `Task ${index}`, notes }));
}

test("a task beyond the quota is refused with its number, and the typed text stays", { tag: "@noscript" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, tasks(17));
  await page.goto("/inbox");
  await addBox(page).fill("One too many");
  await addBox(page).press("Enter");
  await expect(page.getByText(FULL)).toBeVisible();
  await expect(addBox(page)).toHaveValue("One too many");
  await expect(titleLink(page, "One too many")).toHaveCount(0);
});

test("a subtask beyond the quota is refused, and the typed text stays", async ({ person }) => {
  const { page } = person;
  const [id] = await createTasks(person, tasks(17));
  await page.goto(`/task/${id}`);
  const box = page.getByRole("textbox", { name: "Add a subtask" });
  await box.fill("One too many");
  await box.press("Enter");
  await expect(page.getByText(FULL)).toBeVisible();
  await expect(box).toHaveValue("One too many");
});

test("text beyond the quota is refused, and stays in the form", { tag: "@noscript" }, async ({ person }) => {
  const { page } = person;
  // 60 kB each.
  await createTasks(person, tasks(16, "牛".repeat(20_000)));
  await createTasks(person, [{ title: "Short" }]);
  await page.goto("/inbox");
  const editor = await editTask(page, "Short");
  const notes = "乳".repeat(20_000);
  await editor.getByLabel("Notes").fill(notes);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("An account can have 1 MB of text in titles and notes")).toBeVisible();
  await expect(editor.getByLabel("Notes")).toHaveValue(notes);
});

test("a list beyond the quota is refused, and its name stays", { tag: "@noscript" }, async ({ person: { page } }) => {
  for (const name of ["Home", "Work", "Garden"]) {
    await page.goto("/lists");
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Make list" }).click();
  }
  await expect(page.getByText("An account can have 2 lists")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Garden");
});

test("an import beyond the quota is refused before anything is changed", async ({ person }) => {
  const { page } = person;
  await createTasks(person, tasks(16));
  await page.goto("/settings/data");
  const buffer = Buffer.from("title\nMilk\nBread\n");
  await page.getByLabel("A JSON or CSV file").setInputFiles({ name: "todo.csv", mimeType: "", buffer });
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("alert")).toContainText("brings too much: an account can have 17 tasks");
  await page.goto("/tasks");
  await expect(titleLink(page, "Milk")).toHaveCount(0);
});
