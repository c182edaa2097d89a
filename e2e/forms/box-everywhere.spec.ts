import { addBox, addTask, createTasks, expect, hydrated, makeList, taskRows, test, titleLink } from "../support/pages.ts";

const ELSEWHERE = ["/lists", "/history", "/trash", "/settings", "/settings/access-keys", "/settings/data"];

test("on pages that are no task view a task is added to the Inbox, and the page stays", async ({ person }) => {
  const { page } = person;
  const [id] = await createTasks(person, [{ title: "Open" }]);
  for (const path of [...ELSEWHERE, `/task/${id}`]) {
    await page.goto(path);
    await expect(addBox(page)).toHaveCount(1);
    await addBox(page).fill(`From ${path}`);
    await addBox(page).press("Enter");
    await expect(page.getByRole("status").filter({ hasText: "Task added." })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(path);
  }
  await page.goto("/inbox");
  await expect(taskRows(page).getByRole("link")).toHaveText(["Open", ...ELSEWHERE.map((path) => `From ${path}`), `From /task/${id}`]);
});

test("q focuses the box on every page, and Enter keeps the focus there", { tag: "@browser" }, async ({ person }) => {
  const { page } = person;
  const [id] = await createTasks(person, [{ title: "Open" }]);
  for (const path of [...ELSEWHERE, `/task/${id}`]) {
    await page.goto(path);
    await hydrated(page);
    await page.keyboard.press("q");
    await expect(addBox(page)).toBeFocused();
    await page.keyboard.type("One");
    await page.keyboard.press("Enter");
    await expect(addBox(page)).toHaveValue("");
    await expect(addBox(page)).toBeFocused();
  }
});

test("Undo beside the box removes the task, and the page stays", async ({ person: { page } }) => {
  await page.goto("/settings");
  await addBox(page).fill("Too soon");
  await addBox(page).press("Enter");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Undone" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/settings");
  await page.goto("/tasks");
  await expect(taskRows(page)).toHaveCount(0);
});

test("a rejected title keeps its text, and a form can't redirect to another origin", { tag: "@plain" }, async ({ person: { page } }) => {
  await page.goto("/settings");
  await addBox(page).fill("a".repeat(501));
  await addBox(page).press("Enter");
  await expect(page.getByText(/at most 500 characters/)).toBeVisible();
  await expect(addBox(page)).toHaveValue("a".repeat(501));
  await page.goto("/inbox?from=//elsewhere.example/x");
  await addBox(page).fill("Kept here");
  await addBox(page).press("Enter");
  await expect(page).toHaveURL(/\/today\?did=added/);
});

test("a page with its own box has no second one", async ({ person: { page } }) => {
  for (const path of ["/today", "/upcoming", "/inbox", "/tasks"]) {
    await page.goto(path);
    await expect(addBox(page)).toHaveCount(1);
  }
  await makeList(page, "Work");
  await addTask(page, "At work");
  await expect(titleLink(page, "At work")).toBeVisible();
});
