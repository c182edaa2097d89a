import { addTask, atDesk, createTasks, dueIn, expect, section, setTimezone, taskRow, taskRows, test, titleLink } from "../support/pages.ts";
import { bearer, sessionToken } from "../support/test.ts";

test("Today shows overdue tasks, tasks due today, and those completed today folded", async ({ person }) => {
  await createTasks(person, [
    { title: "Late", due: dueIn(-2) },
    { title: "Due", due: dueIn(0) },
    { title: "Finished", due: dueIn(0), status: "done" },
    { title: "Tomorrow's", due: dueIn(1) },
    { title: "Without a day" },
  ]);
  const { page } = person;
  await page.goto("/today");
  await expect(taskRows(page)).toHaveCount(2);
  await expect(section(page, "Overdue").getByRole("link")).toHaveText(["Late"]);
  await expect(section(page, "Today").getByRole("link")).toHaveText(["Due"]);
  await expect(titleLink(page, "Finished")).toBeHidden();
  await page.getByText("Done today").click();
  await expect(titleLink(page, "Finished")).toBeVisible();
  await atDesk(page);
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Today 2 open" })).toBeVisible();
});

test("a task added on Today is due today", async ({ person: { page } }) => {
  await page.goto("/today");
  await expect(page.getByText("Nothing left for today")).toBeVisible();
  await addTask(page, "Call the dentist");
  await expect(section(page, "Today").getByRole("link")).toHaveText(["Call the dentist"]);
  await page.reload();
  await expect(taskRow(page, "Call the dentist")).toHaveText("Call the dentist");
});

test("a task added on a page that was opened the day before is due today, and tomorrow on Upcoming", async ({ person }) => {
  const { page } = person;
  for (const [path, list] of [
    ["/today", "Today"],
    ["/upcoming", "Tomorrow"],
  ] as const) {
    await setTimezone(person, "Etc/GMT+12");
    await page.goto(path);
    // 26 hours ahead: a later day at any time.
    await setTimezone(person, "Etc/GMT-14");
    await addTask(page, `Added for ${list}`);
    await page.goto(path);
    await expect(section(page, list).getByRole("link")).toHaveText([`Added for ${list}`]);
  }
});

test("all overdue tasks move to today with one click, and back with another", { tag: "@core" }, async ({ person }) => {
  await createTasks(person, [
    { title: "Late", due: dueIn(-2) },
    { title: "Later", due: dueIn(-1) },
    { title: "Due", due: dueIn(0) },
  ]);
  const { page } = person;
  await page.goto("/today");
  await page.getByRole("button", { name: "Move to today" }).click();
  await expect(page.getByRole("status")).toContainText("Moved everything overdue to Today.");
  await expect(section(page, "Overdue")).toHaveCount(0);
  await expect(taskRows(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("Undone");
  await expect(section(page, "Overdue").getByRole("link")).toHaveText(["Late", "Later"]);
  await expect(section(page, "Today").getByRole("link")).toHaveText(["Due"]);
});

test("completing a repeating task shows its next date, and Undo reverts both", async ({ person }) => {
  await createTasks(person, [{ title: "Water the plants", due: dueIn(0), recurrence: { rrule: "FREQ=DAILY", anchor: "due" } }]);
  const { page } = person;
  await page.goto("/today");
  await expect(taskRow(page, "Water the plants")).toHaveText("Water the plantsEvery day");
  await page.getByRole("button", { name: "Complete: Water the plants" }).click();
  await expect(page.getByRole("status")).toContainText("Completed “Water the plants”. Next: Tomorrow.");
  await expect(page.getByText("Nothing left for today")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Complete: Water the plants" })).toBeVisible();
  await page.goto("/tasks?status=all");
  await expect(taskRows(page)).toHaveCount(1);
});

test("a completed task moves to the folded section, and is reopened there", async ({ person }) => {
  await createTasks(person, [{ title: "Pay rent", due: dueIn(0) }]);
  const { page } = person;
  await page.goto("/today");
  await page.getByRole("button", { name: "Complete: Pay rent" }).click();
  await page.getByText("Done today").click();
  await page.getByRole("button", { name: "Reopen: Pay rent" }).click();
  await expect(page.getByRole("button", { name: "Complete: Pay rent" })).toBeVisible();
});

test("a dated subtask shows its parent", async ({ person }) => {
  const [parent] = await createTasks(person, [{ title: "Thesis" }]);
  await createTasks(person, [{ title: "Draft chapter 3", parent_id: parent, due: dueIn(0) }]);
  await person.page.goto("/today");
  await expect(taskRow(person.page, "Draft chapter 3")).toHaveText("Draft chapter 3in: Thesis");
});

test("a day with more tasks than a page says so, and links to the rest", async ({ person, baseURL }) => {
  const { page, id } = person;
  const operations = Array.from({ length: 76 }, (_, n) => ({ op: "create", task: { title: `Task ${n}`, due: dueIn(0) } }));
  const headers = bearer(await sessionToken(page.request));
  for (let time = 0; time < 2; time++) {
    const answer = await page.request.post(`${baseURL}/api/${id}/tasks/batch`, { headers, data: { operations } });
    expect(answer.status()).toBe(200);
  }
  await page.goto("/today");
  await expect(taskRows(page)).toHaveCount(150);
  await expect(page.getByText("These are the first 150.")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page).toHaveURL("/tasks?view=today");
});
