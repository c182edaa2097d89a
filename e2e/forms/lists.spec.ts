import {
  addBox,
  addTask,
  atDesk,
  createTasks,
  editTask,
  expect,
  makeList,
  section,
  staleTab,
  taskRow,
  taskRows,
  test,
  titleLink,
} from "../support/pages.ts";

test("a list is created with a colour, and shown in the side bar with its count", async ({ person: { page } }) => {
  await atDesk(page);
  await page.goto("/lists");
  await page.getByLabel("Name").fill("Home");
  await page.getByText("green", { exact: true }).click();
  await page.getByRole("button", { name: "Make list" }).click();
  await expect(page).toHaveTitle("Home · Doable");
  const side = page.getByRole("navigation", { name: "Main" });
  await expect(side.getByRole("link", { name: "Home" })).toHaveAttribute("aria-current", "page");
  await page.getByText("Change this list").click();
  await expect(page.getByRole("radio", { name: "green" })).toBeChecked();
  await addTask(page, "Fix the tap");
  await expect(side.getByRole("link", { name: "Home 1 open" })).toBeVisible();
});

test("a task added on a list's page is in the list, and its row omits the list's name", async ({ person: { page } }) => {
  await makeList(page, "Home");
  await addTask(page, "Fix the tap");
  await page.reload();
  await expect(taskRow(page, "Fix the tap")).toHaveText("Fix the tap");
  await page.goto("/inbox");
  await expect(page.getByText("The Inbox is empty")).toBeVisible();
  await page.goto("/tasks");
  await expect(taskRow(page, "Fix the tap")).toHaveText("Fix the tapHome");
});

test("a task moves from the Inbox to a list, and back with Undo", { tag: "@core" }, async ({ person: { page } }) => {
  await makeList(page, "Home");
  await page.goto("/inbox");
  await addTask(page, "Fix the tap");
  const editor = await editTask(page, "Fix the tap");
  await editor.getByLabel("List").selectOption("Home");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The Inbox is empty")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(titleLink(page, "Fix the tap")).toBeVisible();
});

test("a list is renamed and gets another colour", async ({ person: { page } }) => {
  await makeList(page, "Hmoe");
  await page.getByText("Change this list").click();
  await page.getByLabel("Name").fill("Home");
  await page.getByText("purple", { exact: true }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Home", level: 1 })).toBeVisible();
  await page.reload();
  await page.getByText("Change this list").click();
  await expect(page.getByRole("radio", { name: "purple" })).toBeChecked();
});

test("a list without a name is rejected, and the input is kept", async ({ person: { page } }) => {
  await page.goto("/lists");
  await page.getByLabel("Name").fill("   ");
  await page.getByText("red", { exact: true }).click();
  await page.getByRole("button", { name: "Make list" }).click();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription("must not be empty");
  await expect(page.getByRole("radio", { name: "red" })).toBeChecked();
  await makeList(page, "Home");
  await page.getByText("Change this list").click();
  await page.getByLabel("Name").fill("   ");
  await page.getByText("teal", { exact: true }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription("must not be empty");
  await expect(page.getByLabel("Name")).toHaveValue("   ");
  await expect(page.getByRole("radio", { name: "teal" })).toBeChecked();
});

test("a deleted list leaves its tasks in the Inbox", async ({ person: { page } }) => {
  await makeList(page, "Home");
  await addTask(page, "Fix the tap");
  await page.getByText("Change this list").click();
  await page.getByRole("button", { name: "Delete list, keep its tasks" }).click();
  await expect(page).toHaveURL(/\/inbox/);
  await expect(taskRows(page)).toHaveText(["Fix the tap"]);
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" })).toHaveCount(0);
});

test("the Inbox shows tasks without a list, completed ones folded", async ({ person }) => {
  await createTasks(person, [{ title: "Unsorted" }, { title: "Settled", status: "done" }]);
  const { page } = person;
  await page.goto("/inbox");
  await expect(taskRows(page)).toHaveText(["Unsorted"]);
  await page.getByRole("main").getByText("Done", { exact: true }).click();
  await expect(titleLink(page, "Settled")).toBeVisible();
});

test("users can't see each other's lists", async ({ person: { page }, stranger }) => {
  await makeList(stranger.page, "Theirs");
  const answer = await page.goto(new URL(stranger.page.url()).pathname);
  expect(answer?.status()).toBe(404);
  await expect(page.getByText("Theirs")).toHaveCount(0);
});

test("a deleted list is restored with its tasks by Undo", async ({ person: { page } }) => {
  await atDesk(page);
  await makeList(page, "Home");
  const address = new URL(page.url()).pathname;
  await addTask(page, "Fix the tap");
  await page.getByText("Change this list").click();
  await page.getByRole("button", { name: "Delete list, keep its tasks" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("The Inbox is empty")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home 1 open" })).toBeVisible();
  await page.goto(address);
  await expect(taskRows(page)).toHaveText(["Fix the tap"]);
});

test("a second Undo reports that the change was already undone", { tag: "@plain" }, async ({ person: { page } }) => {
  await page.goto("/inbox");
  await addTask(page, "Pay rent");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("Undone");
  await page.goBack();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("That is undone already.");
});

test("renaming a list is reverted with Undo", async ({ person: { page } }) => {
  await makeList(page, "Home");
  await page.getByText("Change this list").click();
  await page.getByLabel("Name").fill("House");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "House", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { name: "Home", level: 1 })).toBeVisible();
});

test("a task added to a list longer than a page is shown at once, and after a reload", async ({ person }) => {
  const { page } = person;
  await createTasks(
    person,
    Array.from({ length: 101 }, (_, index) => ({ title: `Task ${index}` })),
  );
  for (const address of ["/inbox", "/tasks"]) {
    const title = `Added on ${address}`;
    await page.goto(address);
    await addTask(page, title);
    await page.reload();
    await expect(section(page, "Just added").getByRole("link", { name: title, exact: true })).toBeVisible();
  }
  await expect(section(page, "Just added").getByRole("link", { name: "Task 0", exact: true })).toHaveCount(0);
});

test("lists are reordered, and put back with Undo", async ({ person: { page } }) => {
  for (const name of ["Home", "Work", "Reading"]) await makeList(page, name);
  await page.goto("/lists");
  const names = page
    .getByRole("main")
    .getByRole("listitem")
    .getByRole("link")
    .filter({ hasText: /Home|Work|Reading/ });
  await expect(names).toHaveText([/Home/, /Work/, /Reading/]);
  await expect(page.getByRole("button", { name: "Move up: Home" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("button", { name: "Move up: Reading" }).click();
  await expect(names).toHaveText([/Home/, /Reading/, /Work/]);
  await page.getByRole("button", { name: "Move down: Home" }).click();
  await expect(names).toHaveText([/Reading/, /Home/, /Work/]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(names).toHaveText([/Home/, /Reading/, /Work/]);
});

test("the forms of another list do not contain the previous list's text", async ({ person: { page } }) => {
  await atDesk(page);
  await makeList(page, "Home");
  await makeList(page, "Garden");
  await page.getByText("Change this list").click();
  await page.getByLabel("Name").fill("Gardens");
  await addBox(page).fill("Rake the leaves");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
  await expect(page.getByRole("heading", { name: "Home", level: 1 })).toBeVisible();
  await expect(addBox(page)).toHaveValue("");
  await page.getByText("Change this list").click();
  await expect(page.getByLabel("Name")).toHaveValue("Home");
});

test("changing a list that was deleted meanwhile reports that", async ({ person: { page } }) => {
  await makeList(page, "Home");
  const other = await staleTab(page);
  await other.goto(page.url());
  await page.getByText("Change this list").click();
  await page.getByRole("button", { name: "Delete list, keep its tasks" }).click();
  await expect(page.getByRole("status")).toContainText("List deleted.");
  await other.getByText("Change this list").click();
  await other.getByLabel("Name").fill("House");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("status")).toHaveText("That list is not there any more.");
  await expect(other.getByRole("heading", { name: "Lists", level: 1 })).toBeVisible();
});

test("saving an unchanged list offers no Undo, which would undo an earlier change", async ({ person: { page } }) => {
  await makeList(page, "Home");
  await page.getByText("Change this list").click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");
});
