import { createTasks, dueIn, expect, holdRequests, hydrated, test, titleLink } from "../support/pages.ts";

test("what is typed on a task's page while it is being saved is kept, and saved next", async ({ person }) => {
  const { page } = person;
  const [id] = await createTasks(person, [{ title: "Renew passport", priority: 1 }]);
  await page.goto(`/task/${id}`);
  await hydrated(page);
  const version = page.locator("form input[name=version]");
  await page.getByLabel("Title").fill("Renew my passport");
  await page.getByLabel("Notes").fill("Photos");
  const release = await holdRequests(page);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByLabel("Notes").fill("Photos first");
  await page.getByLabel("Priority").selectOption("High");
  release();
  await expect(version).toHaveValue("2");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Renew my passport");
  await expect(page.getByLabel("Notes")).toHaveValue("Photos first");
  await expect(page.getByLabel("Notes")).toBeFocused();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(version).toHaveValue("3");
  await page.reload();
  await expect(page.getByLabel("Title")).toHaveValue("Renew my passport");
  await expect(page.getByLabel("Notes")).toHaveValue("Photos first");
  await expect(page.getByLabel("Priority").locator("option:checked")).toHaveText("High");
});

test("a second save of a task during the first one is no conflict", async ({ person }) => {
  const { page } = person;
  const [id] = await createTasks(person, [{ title: "Renew passport" }]);
  await page.goto(`/task/${id}`);
  await hydrated(page);
  const release = await holdRequests(page);
  for (const notes of ["Photos", "Photos first"]) {
    await page.getByLabel("Notes").fill(notes);
    await page.getByRole("button", { name: "Save" }).click();
  }
  release();
  await expect(page.locator("form input[name=version]")).toHaveValue("3");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel("Notes")).toHaveValue("Photos first");
});

test("a command during a save follows it only if it succeeds", async ({ person }) => {
  const { page } = person;
  const [id] = await createTasks(person, [{ title: "Renew passport" }]);
  await page.goto(`/task/${id}`);
  await hydrated(page);
  for (const [title, name] of [
    ["   ", "Complete"],
    ["Renew my passport", "Open again"],
  ] as const) {
    await page.getByLabel("Title").fill(title);
    const release = await holdRequests(page);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Complete" }).click();
    release();
    if (name === "Complete") await expect(page.getByLabel("Title")).toHaveAccessibleDescription("must not be empty");
    await expect(page.getByRole("button", { name })).toBeVisible();
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Renew my passport");
});

test("words typed during a search are kept", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent" }, { title: "Renew passport" }, { title: "Buy milk" }]);
  await page.goto("/tasks");
  await hydrated(page);
  const box = page.getByRole("searchbox", { name: "Search your tasks" });
  await box.fill("re");
  const release = await holdRequests(page);
  await box.press("Enter");
  await box.fill("rent");
  release();
  await expect(page).toHaveURL("/tasks?q=re");
  await expect(titleLink(page, "Buy milk")).toHaveCount(0);
  await expect(box).toHaveValue("rent");
  await box.press("Enter");
  await expect(titleLink(page, "Renew passport")).toHaveCount(0);
  await page.goBack();
  await expect(titleLink(page, "Renew passport")).toBeVisible();
  await expect(box).toHaveValue("re");
});

test("a day chosen while another filter is applied is kept", async ({ person: { page } }) => {
  await page.goto("/tasks");
  await hydrated(page);
  await page.getByRole("button", { name: "Filter" }).click();
  const panel = page.getByRole("dialog", { name: "Filter" });
  await panel.getByLabel("From").fill(dueIn(1).date);
  const release = await holdRequests(page);
  await panel.getByRole("button", { name: "Set" }).click();
  await panel.getByLabel("Up to").fill(dueIn(3).date);
  release();
  await expect(page).toHaveURL(/due_from/);
  await expect(page.getByRole("link", { name: /^Remove filter: / })).toBeVisible();
  await expect(panel.getByLabel("Up to")).toHaveValue(dueIn(3).date);
});

test("the name of the next access key, typed while one is being made, is kept", async ({ person: { page } }) => {
  await page.goto("/settings/access-keys");
  await hydrated(page);
  await page.getByLabel("Name").fill("Nightly backup");
  const release = await holdRequests(page);
  await page.getByRole("button", { name: "Make key" }).click();
  await page.getByLabel("Name").fill("Weekly report");
  release();
  await expect(page.getByRole("heading", { name: "The key “Nightly backup” is made" })).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("Weekly report");
});
