import { createTasks, dueIn, editTask, expect, section, taskRow, taskRows, test, titleLink } from "../support/pages.ts";

test("Upcoming has a heading for each of fourteen days, with their tasks", async ({ person }) => {
  await createTasks(person, [
    { title: "Today's", due: dueIn(0) },
    { title: "First", due: dueIn(1) },
    { title: "Last", due: dueIn(14) },
    { title: "Too far", due: dueIn(15) },
    { title: "Hidden until later", due: dueIn(5), start_date: dueIn(4).date },
  ]);
  const { page } = person;
  await page.goto("/upcoming");
  await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toHaveCount(14);
  await expect(taskRows(page)).toHaveText(["First", "Last"]);
  await expect(section(page, "Tomorrow").getByRole("link")).toHaveText(["First"]);
});

test("a row under a day shows the time, and no day", async ({ person }) => {
  await createTasks(person, [{ title: "Book the train", due: { ...dueIn(3), time: "09:30" } }]);
  await person.page.goto("/upcoming");
  await expect(taskRow(person.page, "Book the train")).toHaveText("Book the train09:30");
});

test("a task with a new day is shown under that day", { tag: "@core" }, async ({ person }) => {
  await createTasks(person, [{ title: "Movable", due: dueIn(1) }]);
  const { page } = person;
  await page.goto("/upcoming");
  const editor = await editTask(page, "Movable");
  await editor.getByLabel("Due").fill(dueIn(2).date);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(titleLink(page, "Movable")).toBeVisible();
  await expect(section(page, "Tomorrow")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(section(page, "Tomorrow").getByRole("link")).toHaveText(["Movable"]);
});
