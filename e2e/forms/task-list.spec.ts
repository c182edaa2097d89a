import { createTasks, expect, taskRow, taskRows, test, titleLink } from "../support/pages.ts";

test("near days are shown by name, and overdue and due tasks are highlighted", async ({ person }) => {
  const today = Temporal.Now.plainDateISO("UTC");
  const days = { Late: -9, Yesterday: -1, Today: 0, Tomorrow: 1 };
  await createTasks(
    person,
    Object.entries(days).map(([title, days]) => ({ title: `Due ${title}`, due: { date: today.add({ days }).toString() } })),
  );
  const { page } = person;
  await page.reload();
  for (const title of ["Yesterday", "Today", "Tomorrow"]) await expect(taskRow(page, `Due ${title}`)).toHaveText(`Due ${title}${title}`);
  const nineDaysAgo = today.subtract({ days: 9 });
  await expect(taskRow(page, "Due Late")).toContainText(` ${nineDaysAgo.day} `);
});

test("a row shows the first line of its notes, without Markdown marks", async ({ person }) => {
  await createTasks(person, [
    { title: "With notes", notes: "# First **line** of [a page](https://example.com) with snake_case\nSecond line" },
    { title: "Without" },
  ]);
  await person.page.reload();
  await expect(taskRow(person.page, "With notes")).toHaveText("With notesFirst line of a page with snake_case");
  await expect(taskRow(person.page, "Without")).toHaveText("Without");
});

test("more tasks than fit a page continue on the next page", { tag: "@core" }, async ({ person }) => {
  test.slow();
  const { page } = person;
  const titles = Array.from({ length: 103 }, (_, index) => `Task ${index + 1}`);
  await createTasks(
    person,
    titles.map((title) => ({ title })),
  );
  await page.reload();
  const rows = taskRows(page);
  // A task just added is shown too, although its place is on a later page.
  await expect(rows).toHaveText(["Task 103", "Task 102", "Task 101", ...titles.slice(0, 100)]);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rows).toHaveText(titles.slice(100));
  await expect(page.getByRole("link", { name: "Next page" })).toHaveCount(0);

  await titleLink(page, "Task 102").click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(rows).toHaveText(titles.slice(100));
  await page.getByRole("button", { name: "Complete: Task 102" }).click();
  await expect(rows).toHaveText(["Task 101", "Task 103"]);
  await page.getByRole("link", { name: "First page" }).click();
  await expect(rows).toHaveText(["Task 103", "Task 101", ...titles.slice(0, 100)]);
});

test("a forged cursor is rejected", async ({ person: { page } }) => {
  const answer = await page.goto("/tasks?cursor=made-up");
  expect(answer?.status()).toBe(400);
  await expect(page.getByRole("heading", { name: "That request can't be read" })).toBeVisible();
});

test("invalid URL parameters are ignored", async ({ person: { page } }) => {
  const answer = await page.goto("/tasks?status=nonsense&did=__proto__&edit=nobody&id=%00");
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("link", { name: "Open", exact: true })).toHaveAttribute("aria-current", "true");
});
