import type { Locator, Page } from "@playwright/test";
import {
  addBox,
  createTasks,
  editTask,
  expect,
  holdRequests,
  hydrated,
  makeList,
  type Person,
  section,
  staleTab,
  taskRow,
  taskRows,
  test,
  titleLink,
} from "../support/pages.ts";

const TITLES = ["one", "two", "three", "four"];

async function inboxOf({ page, ...person }: Person, titles = TITLES): Promise<void> {
  await createTasks(
    { page, ...person },
    titles.map((title) => ({ title })),
  );
  await page.goto("/inbox");
  await hydrated(page);
}

test("changes of a task are shown before the server responds", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const release = await holdRequests(page);
  await page.getByRole("button", { name: "Complete: one" }).click();
  await expect(taskRow(page, "one").locator(".box[data-done]")).toBeVisible();
  await taskRow(page, "two").hover();
  await page.getByRole("button", { name: "Delete: two" }).click();
  await expect(taskRows(page)).toHaveText(["one", "three", "four"]);
  await taskRow(page, "four").hover();
  await page.getByRole("button", { name: "Move up: four" }).click();
  await expect(taskRows(page)).toHaveText(["one", "four", "three"]);
  await addBox(page).fill("five");
  await addBox(page).press("Enter");
  await expect(page.getByRole("main").getByRole("listitem").last()).toHaveText("five");
  await expect(addBox(page)).toHaveValue("");
  release();
  await expect(taskRows(page)).toHaveText(["four", "three", "five"]);
  await page.reload();
  await expect(taskRows(page)).toHaveText(["four", "three", "five"]);
});

async function subtasksOf(person: Person): Promise<Locator> {
  const [parent_id] = await createTasks(person, [{ title: "Thesis" }]);
  await createTasks(person, [{ title: "one", parent_id }]);
  await person.page.goto(`/task/${parent_id}`);
  await hydrated(person.page);
  return person.page.getByLabel("Add a subtask");
}

test("new subtasks are shown below the others before the server responds", async ({ person }) => {
  const { page } = person;
  const box = await subtasksOf(person);
  const rows = section(page, "Subtasks").getByRole("listitem");
  const release = await holdRequests(page);
  for (const title of ["two", "three"]) {
    await box.fill(title);
    await box.press("Enter");
    await expect(box).toHaveValue("");
  }
  await expect(rows).toHaveText(["one", "two", "three"]);
  await expect(taskRows(page)).toHaveText(["one"]);
  release();
  await expect(taskRows(page)).toHaveText(["one", "two", "three"]);
  await expect(rows).toHaveCount(3);
});

test("the title of a subtask that could not be added returns to its box", async ({ person }) => {
  const { page } = person;
  const box = await subtasksOf(person);
  const rows = section(page, "Subtasks").getByRole("listitem");
  const release = await holdRequests(page);
  await box.fill("x".repeat(501));
  await box.press("Enter");
  await expect(rows).toHaveText(["one", "x".repeat(501)]);
  release();
  await expect(box).toHaveAccessibleDescription("must have at most 500 characters");
  await expect(box).toHaveValue("x".repeat(501));
  await expect(rows).toHaveText(["one"]);
  await page.context().setOffline(true);
  await box.fill("Typed in a tunnel");
  await box.press("Enter");
  await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.");
  await expect(box).toHaveValue("Typed in a tunnel");
  await expect(addBox(page)).toHaveValue("");
  await expect(rows).toHaveText(["one"]);
});

test("a failed subtask is reported on a page that no longer shows its parent", async ({ person }) => {
  const { page } = person;
  const box = await subtasksOf(person);
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(
    (url) => url.pathname.startsWith("/task/"),
    async (route) => {
      await promise;
      await route.abort();
    },
  );
  await box.fill("two");
  await box.press("Enter");
  await page.getByRole("link", { name: /^Upcoming/ }).click();
  await expect(page.getByRole("heading", { name: "Upcoming", level: 1 })).toBeVisible();
  resolve();
  await expect(page.getByRole("status")).toHaveText("Not added: two");
});

test("reordered lists and bulk changes of lists and labels are shown before the server responds", async ({ person }) => {
  const { page } = person;
  await makeList(page, "Home");
  await makeList(page, "Work");
  await createTasks(person, [{ title: "one" }, { title: "two" }]);
  await page.goto("/lists");
  await hydrated(page);
  const names = page.getByRole("main").getByRole("link", { name: /^(Home|Work)/ });
  const release = await holdRequests(page);
  await page.getByRole("button", { name: "Move up: Work" }).click();
  await expect(names).toHaveText([/^Work/, /^Home/]);
  release();
  await expect(page.getByText("Moved “Work”.")).toBeVisible();
  await expect(names).toHaveText([/^Work/, /^Home/]);

  await page.goto("/tasks");
  await hydrated(page);
  const releaseBulk = await holdRequests(page);
  await page.getByRole("checkbox", { name: "Select: two" }).check();
  await page.getByRole("button", { name: "List", exact: true }).click();
  await page.locator(":popover-open").getByRole("button", { name: "Work" }).click();
  await expect(taskRow(page, "two")).toHaveText("twoWork");
  releaseBulk();
  await expect(page.getByText("Moved “two” to Work.")).toBeVisible();
  await expect(taskRow(page, "two")).toHaveText("twoWork");
});

async function putOff(page: Page, choose: (menu: Locator) => Promise<void>): Promise<void> {
  await page.getByRole("checkbox", { name: "Select: one" }).check();
  await page.getByRole("button", { name: "Schedule" }).click();
  await choose(page.locator(":popover-open"));
}

/** Matches the row of the task "one" with its due date; the date is not today. */
function rowOn(date: Temporal.PlainDate): RegExp {
  if (date.equals(today.add({ days: 1 }))) return /^oneTomorrow$/;
  const [weekday, month] = [{ weekday: "short" }, { month: "short" }].map((part) => date.toLocaleString("en-GB", part as object));
  return new RegExp(`^one${weekday} ${date.day} ${month?.slice(0, 3)}`);
}

const today = Temporal.Now.plainDateISO("UTC");
const day = today.add({ days: 40 });
for (const [name, choose, expected] of [
  [
    "the weekend",
    (menu: Locator) => menu.getByRole("button", { name: "Weekend" }).click(),
    today.add({ days: ((12 - today.dayOfWeek) % 7) + 1 }),
  ],
  ["next week", (menu: Locator) => menu.getByRole("button", { name: "Next week" }).click(), today.add({ days: 8 - today.dayOfWeek })],
  [
    "a day",
    async (menu: Locator) => {
      await menu.getByLabel("Day").fill(day.toString());
      await menu.getByRole("button", { name: "Set" }).click();
    },
    day,
  ],
] as const) {
  test(`postponing a task to ${name} is shown before the server responds, and reverted on failure`, async ({ person }) => {
    const { page } = person;
    await inboxOf(person, ["one"]);
    const release = await holdRequests(page);
    await putOff(page, choose);
    await expect(taskRow(page, "one")).toHaveText(rowOn(expected));
    await expect(page.locator("[data-pending]")).toHaveCount(1);
    release();
    await expect(page.getByRole("status")).toContainText(/Moved “one” to|Removed the date of “one”/);
    await expect(page.locator("[data-pending]")).toHaveCount(0);
    await expect(taskRow(page, "one")).toHaveText(rowOn(expected));
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(taskRow(page, "one")).toHaveText("one");

    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route("**/*.data*", async (route) => {
      await promise;
      await route.abort();
    });
    await putOff(page, choose);
    await expect(taskRow(page, "one")).toHaveText(rowOn(expected));
    resolve();
    await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.");
    await expect(taskRow(page, "one")).toHaveText("one");
  });
}

test("lists return to their order when the server can't be reached", async ({ person: { page } }) => {
  await makeList(page, "Home");
  await makeList(page, "Work");
  await page.goto("/lists");
  await hydrated(page);
  const names = page.getByRole("main").getByRole("link", { name: /^(Home|Work)/ });
  await page.route("**/*.data*", (route) => route.abort());
  await page.getByRole("button", { name: "Move up: Work" }).click();
  await expect(page.getByText("That did not reach the server. Try again.")).toBeVisible();
  await expect(names).toHaveText([/^Home/, /^Work/]);
});

test("actions in quick succession are all stored, in their order", async ({ person }) => {
  const { page } = person;
  await inboxOf(person, [...TITLES, "five", "six"]);
  await titleLink(page, "one").focus();
  // A key acts on the rows as shown: the previous move is visible before the server has stored it.
  for (const above of ["two", "three", "four"]) {
    await page.keyboard.press("Alt+ArrowDown");
    await expect(page.getByRole("main").getByRole("listitem").filter({ hasText: above }).locator("+ li")).toHaveText("one");
  }
  await page.evaluate(() => {
    const buttons = document.querySelectorAll<HTMLElement>("button[value=complete]");
    for (const button of [...buttons].slice(-2)) button.click();
  });
  for (const title of ["seven", "eight", "nine"]) {
    await addBox(page).fill(title);
    await addBox(page).press("Enter");
  }
  const expected = ["two", "three", "four", "one", "seven", "eight", "nine"];
  await expect(taskRows(page)).toHaveText(expected);
  await page.reload();
  await expect(taskRows(page)).toHaveText(expected);
});

test("Undo shows that it is in progress, and can be pressed again after it failed", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await page.getByRole("button", { name: "Complete: one" }).click();
  await expect(taskRows(page)).toHaveText(["two", "three", "four"]);
  const { promise, resolve } = Promise.withResolvers<void>();
  const isForm = (url: URL) => url.pathname.endsWith(".data");
  await page.route(isForm, async (route) => {
    await promise;
    await route.abort();
  });
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText("Completed “one”.Undoing…");
  await expect(page.getByRole("button", { name: "Undoing…" })).toBeFocused();
  resolve();
  await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.Undo");
  await page.unroute(isForm);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("Undone");
  await expect(taskRows(page)).toHaveText(TITLES);
  await expect(titleLink(page, "one")).toBeFocused();
});

test("failed changes are reverted and reported, and typed text is kept", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Complete: one" }).click();
  await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.");
  await expect(taskRow(page, "one").locator(".box[data-done]")).toHaveCount(0);
  await addBox(page).fill("Typed in a tunnel");
  await addBox(page).press("Enter");
  await expect(addBox(page)).toHaveValue("Typed in a tunnel");
  await expect(taskRows(page)).toHaveText(TITLES);
  await page.context().setOffline(false);
  await addBox(page).press("Enter");
  await expect(taskRows(page)).toHaveText([...TITLES, "Typed in a tunnel"]);
});

test("a title that could not be added is shown in a message if the box has new text", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/*.data*", async (route) => {
    await promise;
    await route.abort();
  });
  await addBox(page).fill("First");
  await addBox(page).press("Enter");
  await addBox(page).fill("Second");
  resolve();
  await expect(page.getByRole("status")).toHaveText("Not added: First");
  await expect(addBox(page)).toHaveValue("Second");
});

test("edited fields are shown in the row before the server responds", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const editor = await editTask(page, "two");
  await editor.getByLabel("Title").fill("Second");
  await editor.getByLabel("Due").fill(today.add({ days: 1 }).toString());
  await editor.getByLabel("Time").fill("09:30");
  await editor.getByLabel("Priority").selectOption("High");
  await editor.getByLabel("Labels").fill("errand");
  const release = await holdRequests(page);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(taskRows(page)).toHaveText(["one", "SecondTomorrow 09:30#errand", "three", "four"]);
  await expect(taskRow(page, "Second").locator(".box[data-priority='3']")).toBeVisible();
  await expect(editor).toHaveCount(0);
  await expect(titleLink(page, "Second")).toBeFocused();
  await addBox(page).fill("Typed meanwhile");
  release();
  await expect(page.getByRole("status")).toContainText("Saved “");
  await expect(page).toHaveURL("/inbox");
  await expect(addBox(page)).toBeFocused();
  await expect(addBox(page)).toHaveValue("Typed meanwhile");
  await page.reload();
  await expect(taskRows(page)).toHaveText(["one", "SecondTomorrow 09:30#errand", "three", "four"]);
});

test("an editor that is saved does not take the focus from where it has moved meanwhile", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const editor = await editTask(page, "two");
  await editor.getByLabel("Title").fill("Second");
  const release = await holdRequests(page);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(titleLink(page, "Second")).toBeFocused();
  const box = page.getByRole("button", { name: "Complete: three" });
  await box.focus();
  release();
  await expect(page).toHaveURL("/inbox");
  await expect(page.locator("[data-pending]")).toHaveCount(0);
  await hydrated(page);
  await expect(box).toBeFocused();
});

test("an editor reopens with both versions when its task was changed elsewhere", async ({ person }) => {
  const { page } = person;
  await inboxOf(person, ["one"]);
  const other = await staleTab(page);
  await other.goto("/inbox");
  const editor = await editTask(page, "one");
  await editTask(other, "one");
  await other.getByLabel("Title").fill("From the other tab");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("status")).toContainText("Saved “From the other tab”.");
  const release = await holdRequests(page);
  await editor.getByLabel("Title").fill("From this tab");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(titleLink(page, "From this tab")).toBeVisible();
  await expect(editor).toHaveCount(0);
  release();
  await expect(editor.getByRole("alert")).toContainText("From the other tab");
  await expect(editor.getByLabel("Title")).toHaveValue("From this tab");
  await expect(editor.getByRole("button", { name: "Save" })).toBeFocused();
  await expect(taskRows(page)).toHaveCount(0);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved “From this tab”.");
  await expect(taskRows(page)).toHaveText(["From this tab"]);
});

test("opening another editor during a save waits for it, and is cancelled if it fails", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const editor = await editTask(page, "two");
  const title = editor.getByLabel("Title");
  await title.fill("x".repeat(501));
  const release = await holdRequests(page);
  await title.press("Enter");
  await expect(editor).toHaveCount(0);
  await titleLink(page, "three").click();
  release();
  await expect(title).toHaveAccessibleDescription("must have at most 500 characters");
  await expect(title).toHaveValue("x".repeat(501));
  await title.fill("Second");
  const releaseNext = await holdRequests(page);
  await title.press("Enter");
  await expect(titleLink(page, "Second")).toBeVisible();
  await titleLink(page, "three").click();
  releaseNext();
  await expect(title).toHaveValue("three");
  await expect(titleLink(page, "Second")).toBeVisible();
  await page.reload();
  await expect(titleLink(page, "Second")).toBeVisible();
});

test("an editor stays open with its text when the server can't be reached", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const editor = await editTask(page, "two");
  await editor.getByLabel("Title").fill("Typed in a tunnel");
  await page.context().setOffline(true);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.");
  await expect(editor.getByLabel("Title")).toHaveValue("Typed in a tunnel");
  await page.context().setOffline(false);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(titleLink(page, "Typed in a tunnel")).toBeVisible();
});

test("changes that the server rejects are reverted and reported", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await page.route("**/*.data*", (route) => (route.request().method() === "POST" ? route.fulfill({ status: 503 }) : route.continue()));
  await taskRow(page, "two").hover();
  await page.getByRole("button", { name: "Delete: two" }).click();
  await expect(page.getByRole("status")).toHaveText("That went wrong on our side. Try again.");
  await expect(taskRows(page)).toHaveText(TITLES);
});

test("an open editor stays open while other tasks are completed", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const editor = await editTask(page, "two");
  await editor.getByLabel("Title").fill("Half typed");
  await page.getByRole("button", { name: "Complete: one" }).click();
  await expect(titleLink(page, "one")).toHaveCount(0);
  await expect(editor.getByLabel("Title")).toHaveValue("Half typed");
});

test("when revalidation fails, the page stays, reports it, and can be reloaded", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const isLoading = (url: URL) => url.pathname.endsWith(".data");
  await page.route(isLoading, (route) => (route.request().method() === "GET" ? route.abort() : route.fallback()));
  await page.getByRole("button", { name: "Complete: one" }).click();
  await expect(page.getByRole("status")).toContainText("The connection was lost");
  await expect(titleLink(page, "two")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("status")).toContainText("The connection was lost");
  await page.unroute(isLoading);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(taskRows(page)).toHaveText(["two", "three", "four"]);
  await expect(page.getByRole("status")).toBeEmpty();
  await expect(page.locator("[data-pending]")).toHaveCount(0);
});

test("when a navigation fails, the current page stays until it is retried", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const isLoading = (url: URL) => url.pathname.endsWith(".data");
  await page.getByRole("link", { name: /^Upcoming/ }).click();
  await expect(page.getByRole("heading", { name: "Upcoming", level: 1 })).toBeVisible();
  await page.route(isLoading, (route) => route.abort());
  await page.getByRole("link", { name: /^Inbox/ }).click();
  await expect(page.getByRole("status")).toContainText("The connection was lost");
  await page.unroute(isLoading);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Inbox", level: 1 })).toBeVisible();
  await expect(page.getByRole("status")).toBeEmpty();
});
