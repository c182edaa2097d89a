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
  await expect(page.getByRole("status")).toContainText("Moved “one”.");
  await page.reload();
  await expect(taskRows(page)).toHaveText(["two", "one", "three"]);
});

test("the first task can't go up, and the last can't go down", async ({ person }) => {
  await createTasks(person, TASKS);
  await person.page.goto("/inbox");
  await expect(person.page.getByRole("button", { name: "Move up: one" })).toHaveCount(0);
  await expect(person.page.getByRole("button", { name: "Move down: three" })).toHaveCount(0);
});

test("Alt and an arrow move the task that has the focus", { tag: "@browser" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, TASKS);
  await page.goto("/inbox");
  await hydrated(page);
  await titleLink(page, "one").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(taskRows(page)).toHaveText(["two", "one", "three"]);
});

test("a task is dragged to another place, and Undo puts it back", { tag: ["@browser", "@core"] }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, TASKS);
  await page.goto("/inbox");
  await hydrated(page);
  await expect(taskRow(page, "three")).toHaveAttribute("draggable", "true");
  const { x = 0, y = 0 } = (await taskRow(page, "one").boundingBox()) ?? {};
  await titleLink(page, "three").hover();
  await page.mouse.down();
  await page.mouse.move(x + 150, y + 60, { steps: 5 });
  await page.mouse.move(x + 150, y + 8, { steps: 5 });
  await expect(taskRow(page, "one")).toHaveAttribute("data-drop", "before");
  await page.mouse.up();
  await expect(taskRows(page)).toHaveText(["three", "one", "two"]);
  // The row moves before the request completes, and a reload would cancel the request.
  await expect(page.getByRole("status")).toContainText("Moved “");
  await page.reload();
  await expect(taskRows(page)).toHaveText(["three", "one", "two"]);
  await hydrated(page);
  await expect(taskRow(page, "three")).toHaveAttribute("draggable", "true");
  await taskRow(page, "three").dragTo(taskRow(page, "two"), { targetPosition: { x: 200, y: 40 } });
  await expect(taskRows(page)).toHaveText(["one", "two", "three"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(taskRows(page)).toHaveText(["three", "one", "two"]);
});

test("a subtask is moved among its siblings", async ({ person }) => {
  const { page } = person;
  const [parent_id] = await createTasks(person, [{ title: "Thesis" }]);
  await createTasks(
    person,
    TASKS.map(({ title }) => ({ title, parent_id })),
  );
  await page.goto(`/task/${parent_id}`);
  await taskRow(page, "three").hover();
  await page.getByRole("button", { name: "Move up: three" }).click();
  await expect(taskRows(page)).toHaveText(["one", "three", "two"]);
});

test("a task can be dragged again after it was edited", { tag: "@browser" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, TASKS);
  await page.goto("/inbox");
  await hydrated(page);
  await titleLink(page, "two").click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(taskRow(page, "two")).toHaveAttribute("draggable", "true");
  await taskRow(page, "two").dragTo(taskRow(page, "one"), { targetPosition: { x: 200, y: 4 } });
  await expect(taskRows(page)).toHaveText(["two", "one", "three"]);
});
