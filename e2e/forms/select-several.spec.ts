import type { Page } from "@playwright/test";
import {
  createTasks,
  dueIn,
  expect,
  makeList,
  type Person,
  section,
  takenOver,
  taskRow,
  taskRows,
  test,
  titleLink,
} from "../support/pages.ts";

const TITLES = ["one", "two", "three", "four"];

async function inboxOf(person: Person): Promise<void> {
  await createTasks(
    person,
    TITLES.map((title) => ({ title })),
  );
  await person.page.goto("/inbox");
  await takenOver(person.page);
}

async function select(page: Page, ...titles: string[]): Promise<void> {
  for (const title of titles) await page.getByRole("checkbox", { name: `Select: ${title}`, exact: true }).check();
}

function bar(page: Page) {
  return page.getByRole("form", { name: "Selected tasks" });
}

async function moveSelected(page: Page, list: string, ...titles: string[]): Promise<void> {
  await select(page, ...titles);
  await bar(page).getByRole("button", { name: "List", exact: true }).click();
  await bar(page).getByRole("button", { name: list }).click();
}

async function expectSelected(page: Page, ...titles: string[]): Promise<void> {
  for (const title of TITLES) {
    const box = page.getByRole("checkbox", { name: `Select: ${title}`, exact: true });
    await expect(box).toBeChecked({ checked: titles.includes(title) });
  }
}

test("several tasks are completed together, and restored with one Undo", { tag: "@noscript" }, async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await expect(bar(page)).toHaveCount(0);
  await select(page, "one", "three");
  await bar(page).getByRole("button", { name: "Complete" }).click();
  await expect(page.getByRole("status")).toContainText("Completed 2 tasks.");
  await expect(taskRows(page)).toHaveText(["two", "four"]);
  await expect(bar(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("Undone");
  await expect(taskRows(page)).toHaveText(TITLES);
});

test("several tasks are postponed, and keep their times", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [
    { title: "Late", due: { ...dueIn(-2), time: "09:30" } },
    { title: "Also late", due: dueIn(-1) },
    { title: "Due", due: dueIn(0) },
  ]);
  await page.goto("/today");
  await select(page, "Late", "Also late");
  await bar(page).getByRole("button", { name: "Schedule" }).click();
  await bar(page).getByRole("button", { name: "Tomorrow" }).click();
  await expect(page.getByRole("status")).toContainText("Moved 2 tasks to Tomorrow.");
  await expect(section(page, "Overdue")).toHaveCount(0);
  await page.goto("/upcoming");
  await expect(taskRow(page, "Late")).toHaveText("Late09:30");
  await expect(titleLink(page, "Also late")).toBeVisible();
});

test("several tasks are postponed to a chosen day", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await select(page, "one", "two");
  await bar(page).getByRole("button", { name: "Schedule" }).click();
  await bar(page).getByLabel("Day").fill(dueIn(5).date);
  await bar(page).getByRole("button", { name: "Set" }).click();
  await expect(page.getByRole("status")).toContainText(/Moved 2 tasks to \w+ \d+ \w+/);
  await page.goto("/upcoming");
  await expect(taskRows(page)).toHaveText(["one", "two"]);
});

test("several tasks get a list, a label and a priority", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await makeList(page, "Home");
  await createTasks(person, [{ title: "one", labels: ["kept"] }, { title: "two" }]);
  await page.goto("/tasks");
  await select(page, "one", "two");
  await bar(page).getByRole("button", { name: "Label" }).click();
  await bar(page).getByLabel("Label to add or remove").fill("#errand");
  await bar(page).getByLabel("Label to add or remove").press("Enter");
  await expect(taskRow(page, "one")).toContainText("#kept");
  await expect(taskRow(page, "one")).toContainText("#errand");
  await expect(taskRow(page, "two")).toContainText("#errand");
  await expect(bar(page)).toHaveCount(0);
  await select(page, "one", "two");
  await bar(page).getByRole("button", { name: "Priority" }).click();
  await bar(page).getByRole("button", { name: "High" }).click();
  await expect(page.getByRole("main").locator('li .box[data-priority="3"]')).toHaveCount(2);
  await expect(bar(page)).toHaveCount(0);
  await select(page, "one");
  await bar(page).getByRole("button", { name: "List", exact: true }).click();
  await bar(page).getByRole("button", { name: "Home" }).click();
  await expect(taskRow(page, "one")).toContainText("Home");
  await expect(taskRow(page, "two")).not.toContainText("Home");
});

test("a label and a date are removed from several tasks", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [
    { title: "one", labels: ["errand", "kept"], due: dueIn(3) },
    { title: "two" },
    { title: "three", labels: ["errand"] },
  ]);
  await page.goto("/inbox");
  await takenOver(page);
  await select(page, "one", "two");
  await bar(page).getByRole("button", { name: "Label" }).click();
  await bar(page).getByLabel("Label to add or remove").fill("errand");
  await bar(page).getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("status")).toContainText("Removed #errand from 2 tasks.");
  await expect(taskRow(page, "one")).toContainText("#kept");
  await expect(taskRow(page, "one")).not.toContainText("#errand");
  await expect(taskRow(page, "three")).toContainText("#errand");
  await select(page, "one", "two");
  await bar(page).getByRole("button", { name: "Schedule" }).click();
  await bar(page).getByRole("button", { name: "No date" }).click();
  await expect(page.getByRole("status")).toContainText("Removed the dates of 2 tasks.");
  await expect(taskRow(page, "one")).toHaveText("one#kept");
});

test("a bulk action that changes nothing offers no Undo, which would undo an earlier change", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await select(page, "one", "two");
  await bar(page).getByRole("button", { name: "Priority" }).click();
  await bar(page).getByRole("button", { name: "None" }).click();
  await expect(page.getByRole("status")).toHaveText("Set the priority of 2 tasks to None.");
});

test("several tasks are moved to the trash together", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await select(page, "two", "three");
  await bar(page).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("status")).toContainText("Deleted 2 tasks.");
  await expect(taskRows(page)).toHaveText(["one", "four"]);
  await page.goto("/trash");
  await expect(page.getByRole("button", { name: /^Restore: / })).toHaveCount(2);
});

test("a parent and its subtask go to another list together; a subtask alone stays, and the message says so", async ({ person }) => {
  const { page } = person;
  await makeList(page, "Home");
  await makeList(page, "Work");
  const [parent] = await createTasks(person, [{ title: "Thesis" }, { title: "Other" }]);
  await createTasks(person, [{ title: "Chapter", parent_id: parent }]);
  await page.goto("/tasks?sort=title");
  await moveSelected(page, "Home", "Chapter", "Thesis");
  await expect(page.getByRole("status")).toContainText("Moved 2 tasks to Home.");
  await moveSelected(page, "Work", "Chapter", "Other");
  await expect(page.getByRole("status")).toContainText("Moved “Other” to Work. 1 task couldn't be changed.");
});

test("one button unchecks all", { tag: "@noscript" }, async ({ person }) => {
  await inboxOf(person);
  await select(person.page, "one", "two");
  await bar(person.page).getByRole("button", { name: "Clear the selection" }).click();
  await expectSelected(person.page);
  await expect(bar(person.page)).toHaveCount(0);
});

test("a bulk action can't change another user's tasks", async ({ person, stranger }) => {
  const [id = ""] = await createTasks(person, [{ title: "Mine" }]);
  await createTasks(stranger, [{ title: "Theirs" }]);
  await stranger.page.goto("/inbox");
  const answer = await stranger.page.request.post("/inbox", {
    form: { intent: "bulk", set: "trash", id },
    headers: { Origin: new URL(stranger.page.url()).origin },
    maxRedirects: 0,
  });
  expect(answer.headers().location).toContain("did=refused");
  await person.page.reload();
  await expect(titleLink(person.page, "Mine")).toBeVisible();
});

test.describe("with scripts", { tag: "@browser" }, () => {
  test("Shift and a click select the range from the last selected row", async ({ person }) => {
    const { page } = person;
    await inboxOf(person);
    await select(page, "one");
    await page.getByRole("checkbox", { name: "Select: three" }).click({ modifiers: ["Shift"] });
    await expectSelected(page, "one", "two", "three");
    await page.getByRole("checkbox", { name: "Select: two" }).click({ modifiers: ["Shift"] });
    await expectSelected(page, "three");
  });

  test("x selects the focused row, Shift extends the selection, and Escape clears it", async ({ person }) => {
    const { page } = person;
    await inboxOf(person);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await expectSelected(page, "one");
    await page.keyboard.press("Shift+J");
    await page.keyboard.press("Shift+J");
    await expectSelected(page, "one", "two", "three");
    await expect(titleLink(page, "three")).toBeFocused();
    await page.keyboard.press("x");
    await expectSelected(page, "one", "two");
    await page.keyboard.press("Escape");
    await expectSelected(page);
    await page.keyboard.press("x");
    await page.keyboard.press("k");
    await page.keyboard.press("k");
    await page.keyboard.press("Shift+X");
    await expectSelected(page, "one", "two", "three");
  });

  test("the focus stays on the page when the bar goes", async ({ person }) => {
    const { page } = person;
    await inboxOf(person);
    await select(page, "one", "two");
    await bar(page).getByRole("button", { name: "Complete" }).press("Enter");
    await expect(taskRows(page)).toHaveText(["three", "four"]);
    await expect(titleLink(page, "three")).toBeFocused();
  });

  test("the selection remains when the request fails", async ({ person }) => {
    const { page } = person;
    await inboxOf(person);
    await select(page, "one", "two");
    await page.context().setOffline(true);
    await bar(page).getByRole("button", { name: "Complete" }).click();
    await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.");
    await expectSelected(page, "one", "two");
  });

  test("the selection remains when all tasks were rejected", async ({ person }) => {
    const { page } = person;
    await makeList(page, "Home");
    const [parent_id] = await createTasks(person, [{ title: "Thesis" }]);
    await createTasks(person, [{ title: "Chapter", parent_id }]);
    await page.goto("/tasks");
    await select(page, "Chapter");
    await bar(page).getByRole("button", { name: "List", exact: true }).click();
    await bar(page).getByRole("button", { name: "Home" }).click();
    await expect(page.getByRole("status")).toHaveText("That can't be done.");
    await expect(page.getByRole("checkbox", { name: "Select: Chapter" })).toBeChecked();
  });

  test("unsubmitted input in one menu does not affect another button", async ({ person }) => {
    const { page } = person;
    await inboxOf(person);
    await select(page, "one");
    await bar(page).getByRole("button", { name: "Label" }).click();
    await bar(page).getByLabel("Label to add or remove").fill("a, b");
    await page.keyboard.press("Escape");
    await bar(page).getByRole("button", { name: "Complete" }).click();
    await expect(taskRows(page)).toHaveText(["two", "three", "four"]);
  });

  test("the button that clears the selection gives the focus to the row that was selected last", async ({ person }) => {
    const { page } = person;
    await inboxOf(person);
    await select(page, "one", "three");
    await bar(page).getByRole("button", { name: "Clear the selection" }).press("Enter");
    await expect(titleLink(page, "three")).toBeFocused();
  });
});
