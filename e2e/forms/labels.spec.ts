import type { Locator, Page } from "@playwright/test";
import { createTasks, expect, section, staleTab, taskRow, test } from "../support/pages.ts";

async function labelForm(page: Page, name: string): Promise<Locator> {
  await page.goto("/lists");
  await page.getByLabel(`Change label: ${name}`).click();
  const form = page
    .locator("form")
    .filter({ has: page.getByLabel("New name") })
    .filter({ visible: true });
  await expect(form.getByLabel("New name")).toHaveValue(name);
  return form;
}

function labels(page: Page): Locator {
  return section(page, "Labels").getByRole("listitem").getByRole("link");
}

test("every label links to its tasks", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [
    { title: "Tap", labels: ["home", "a b&c"] },
    { title: "Report", labels: ["work"] },
  ]);
  await page.goto("/lists");
  await expect(labels(page)).toHaveText(["#a b&c1", "#home1", "#work1"]);
  await page.getByRole("link", { name: "a b&c" }).click();
  await expect(taskRow(page, "Tap")).toBeVisible();
  await expect(taskRow(page, "Report")).toHaveCount(0);
});

test("a label is renamed on every task, and back with Undo", { tag: ["@noscript", "@core"] }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, [
    { title: "Tap", labels: ["hmoe"] },
    { title: "Roof", labels: ["hmoe", "home"] },
  ]);
  const form = await labelForm(page, "hmoe");
  await form.getByLabel("New name").fill("home");
  await form.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("status")).toContainText("Renamed.");
  await expect(labels(page)).toHaveText(["#home2"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(labels(page)).toHaveText(["#hmoe2", "#home1"]);
});

test("an invalid label name is rejected beside its field, and the input is kept", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Tap", labels: ["home", "work"] }]);
  const form = await labelForm(page, "work");
  await form.getByLabel("New name").fill("work, home");
  await form.getByRole("button", { name: "Rename" }).click();
  await expect(form.getByLabel("New name")).toHaveAccessibleDescription("must not contain a comma");
  await expect(form.getByLabel("New name")).toHaveValue("work, home");
  await expect(labels(page)).toHaveText(["#home1", "#work1"]);
});

test("a deleted label is removed from its tasks, and restored with Undo", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Tap", labels: ["home"] }]);
  const form = await labelForm(page, "home");
  await form.getByRole("button", { name: "Delete label, keep its tasks" }).click();
  await expect(page.getByRole("status")).toContainText("Label deleted. Its tasks stay.");
  await expect(labels(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(labels(page)).toHaveText(["#home1"]);
});

test("a label that was deleted meanwhile is reported as missing", async ({ person }) => {
  const { page } = person;
  const [id] = await createTasks(person, [
    { title: "Tap", labels: ["home"] },
    { title: "Roof", labels: ["roof"] },
  ]);
  const form = await labelForm(page, "home");
  const other = await staleTab(page);
  await other.goto(`/task/${id}`);
  await other.getByLabel("Labels").fill("");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("status")).toContainText("Saved “");
  await form.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("status")).toContainText("No task has that label any more.");
});

test("users can't see or change each other's labels", async ({ person, stranger }) => {
  await createTasks(stranger, [{ title: "Theirs", labels: ["secret"] }]);
  await createTasks(person, [{ title: "Mine", labels: ["secret", "own"] }]);
  const form = await labelForm(person.page, "secret");
  await form.getByRole("button", { name: "Delete label, keep its tasks" }).click();
  await expect(labels(person.page)).toHaveText(["#own1"]);
  await stranger.page.goto("/lists");
  await expect(labels(stranger.page)).toHaveText(["#secret1"]);
});
