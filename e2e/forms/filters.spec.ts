import {
  createTasks,
  dueIn,
  expect,
  expectNoSidewaysScroll,
  holdAnswers,
  hydrated,
  makeList,
  type Person,
  taskRows,
  test,
} from "../support/pages.ts";

async function several(person: Person): Promise<void> {
  await createTasks(person, [
    { title: "Pay rent", labels: ["home", "money"], priority: 3, due: dueIn(-1) },
    { title: "Rent a car", labels: ["car"], priority: 1, due: dueIn(3) },
    { title: "Buy milk", labels: ["home"] },
  ]);
  await person.page.goto("/tasks");
}

test("filters and words combine, appear in the URL under the API's names, and are removed one by one", {
  tag: ["@noscript", "@core"],
}, async ({ person, stranger }) => {
  const { page } = person;
  await several(person);
  await createTasks(stranger, [{ title: "Rent of somebody else", labels: ["home"], priority: 3 }]);
  const panel = page.getByRole("dialog", { name: "Filter" });
  async function choose(name: string) {
    if (!(await panel.isVisible())) await page.getByRole("button", { name: "Filter" }).click();
    await panel.getByRole("link", { name, exact: true }).click();
  }
  await choose("#home");
  await expect(taskRows(page).getByRole("link")).toHaveText(["Pay rent", "Buy milk"]);
  await choose("Medium or higher");
  await expect(taskRows(page).getByRole("link")).toHaveText(["Pay rent"]);
  await choose("Overdue");
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox").fill("rent");
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL("/tasks?label=home&min_priority=2&view=overdue&q=rent");
  await expect(taskRows(page).getByRole("link")).toHaveText(["Pay rent"]);
  const on = page.getByRole("list", { name: "Filters" }).getByRole("link");
  await expect(on).toHaveText(["“rent”", "Overdue", "Priority medium or higher", "#home", "Clear filters"]);
  for (const name of ["Overdue", "Priority medium or higher", "#home"]) {
    await page.getByRole("link", { name: `Remove filter: ${name}` }).click();
  }
  await expect(page).toHaveURL("/tasks?q=rent");
  await expect(taskRows(page).getByRole("link")).toHaveText(["Pay rent", "Rent a car"]);
});

test("removing a filter while another is being removed does not restore that one", { tag: "@browser" }, async ({ person }) => {
  const { page } = person;
  await several(person);
  await page.goto("/tasks?view=overdue&min_priority=2&label=home");
  await hydrated(page);
  await holdAnswers(page);
  await page.getByRole("link", { name: "Remove filter: Overdue" }).click();
  await page.getByRole("link", { name: "Remove filter: Priority medium or higher" }).click();
  await expect(page).toHaveURL("/tasks?label=home");
  await expect(taskRows(page).getByRole("link")).toHaveText(["Pay rent", "Buy milk"]);
});

test("days are chosen by their dates, and filters without matches are cleared in one click", async ({ person }) => {
  const { page } = person;
  await several(person);
  await page.goto("/tasks?label=car");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByLabel("Up to").fill(dueIn(2).date);
  await page.getByRole("button", { name: "Set" }).click();
  await expect(page.getByText("No tasks match")).toBeVisible();
  expect(new URL(page.url()).searchParams.get("due_to")).toBe(dueIn(2).date);
  if (await page.getByRole("dialog", { name: "Filter" }).isVisible()) await page.keyboard.press("Escape");
  await page.getByRole("main").getByRole("link", { name: "Clear filters" }).last().click();
  await expect(page).toHaveURL("/tasks");
  await expect(taskRows(page)).toHaveCount(3);
});

test("a list is chosen by its name; another user's list counts as deleted", async ({ person, stranger }) => {
  const { page } = person;
  await makeList(stranger.page, "Not mine");
  const foreign = new URL(stranger.page.url()).pathname.split("/").at(-1);
  await makeList(page, "Work");
  const list_id = new URL(page.url()).pathname.split("/").at(-1);
  await createTasks(person, [{ title: "At work", list_id }, { title: "Elsewhere" }]);
  await page.goto("/tasks");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("dialog", { name: "Filter" }).getByRole("link", { name: "Work" }).click();
  await expect(page).toHaveURL(`/tasks?list_id=${list_id}`);
  await expect(taskRows(page).getByRole("link")).toHaveText(["At work"]);
  await page.goto(`/tasks?list_id=${foreign}`);
  await expect(page.getByText("A list that is gone")).toBeVisible();
  await expect(taskRows(page)).toHaveCount(0);
});

test("on a small phone the longest labels stay within the page", { tag: "@browser" }, async ({ person }) => {
  const { page } = person;
  await page.setViewportSize({ width: 360, height: 740 });
  const labels = Array.from({ length: 20 }, (_, index) => `${index} ${"w".repeat(46)}`);
  await createTasks(person, [{ title: "Labelled", labels }]);
  await page.goto(`/tasks?${new URLSearchParams(labels.slice(0, 3).map((label) => ["label", label]))}`);
  await expect(taskRows(page)).toHaveCount(1);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Filter" }).click();
  const { x = -1, width = 999 } = (await page.getByRole("dialog", { name: "Filter" }).boundingBox()) ?? {};
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(360);
});

test("on a low screen the panel does not cover its button", { tag: ["@browser", "@noscript"] }, async ({ person }) => {
  const { page } = person;
  const labels = Array.from({ length: 20 }, (_, index) => `a long label ${index}`);
  await createTasks(person, [{ title: "Labelled", labels }]);
  await page.setViewportSize({ width: 1280, height: 600 });
  await page.goto("/tasks");
  const button = page.getByRole("button", { name: "Filter", exact: true });
  await button.click();
  const { y = 0, height = 0 } = (await button.boundingBox()) ?? {};
  const panel = await page.getByRole("dialog", { name: "Filter" }).boundingBox();
  expect(panel?.y).toBeGreaterThanOrEqual(y + height);
});
