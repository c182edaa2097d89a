import { createTasks, expect, hydrated, taskRow, taskRows, test, titleLink } from "../support/pages.ts";

const TASKS = [{ title: "one" }, { title: "two" }, { title: "three" }];

test("a task is moved up and down in its list, and Undo puts it back", async ({ person }) => {
  const { page } = person;
  await createTasks(person, TASKS);
  await page.goto("/inbox");
  await taskRow(page, "three").hover();
  await page.getByRole("button", { name: "Move up: three" }).click();
  await expect(taskRows(page)).toHaveText(["one", "three", "two"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(taskRows(page)).toHaveText(["one", "two", "three"]);
  await taskRow(page, "one").hover();
  await page.getByRole("button", { name: "Move down: one" }).click();
  await expect(taskRows(page)).toHaveText(["two", "one", "three"]);
  await page.reload();
  await expect(taskRows(page)).toHaveText(["two", "one", "three"]);
});

test("the first task can't go up, and the last can't go down", async ({ person }) => {
  await createTasks(person, TASKS);
  await person.page.goto("/inbox");
  await expect(person.page.getByRole("button", { name: "Move up: one" })).toHaveCount(0);
  await expect(person.page.getByRole("button", { name: "Move down: three" })).toHaveCount(0);
});

test("Alt and an arrow move the task that has the focus", async ({ person, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "Keys that are not the browser's own need scripts.");
  const { page } = person;
  await createTasks(person, TASKS);
  await page.goto("/inbox");
  await hydrated(page);
  await titleLink(page, "one").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(taskRows(page)).toHaveText(["two", "one", "three"]);
});
