import { addBox, addTask, editTask, expect, hydrated, test, titleLink } from "../support/pages.ts";

test.use({ serverEnv: { API_WRITES_PER_MINUTE: "2" } });

const WAIT = /Too many changes in a minute\. Wait \d+ seconds? and try again\./;

test("without scripts, a form that was sent too often is shown with its text, and can be sent again", {
  tag: ["@plain", "@noscript"],
}, async ({ person: { page } }) => {
  await page.goto("/inbox");
  for (const title of ["One", "Two"]) await addTask(page, title);
  await addBox(page).fill("Three");
  await addBox(page).press("Enter");
  await expect(page.getByRole("heading", { name: "That was too often" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(WAIT);
  await expect(page.getByText("Three", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Send it again" }).click();
  await expect(page.getByText("Three", { exact: true })).toBeVisible();
  await page.goto("/inbox");
  await expect(titleLink(page, "Three")).toHaveCount(0);
});

test("with scripts, a new task that was sent too often stays in its box", { tag: "@browser" }, async ({ person: { page } }) => {
  await page.goto("/inbox");
  await hydrated(page);
  for (const title of ["One", "Two"]) await addTask(page, title);
  await addBox(page).fill("Three");
  await addBox(page).press("Enter");
  await expect(page.getByRole("status")).toHaveText(WAIT);
  await expect(addBox(page)).toHaveValue("Three");
  await expect(titleLink(page, "Three")).toHaveCount(0);
});

test("with scripts, an edit that was sent too often stays in its form", { tag: "@browser" }, async ({ person: { page } }) => {
  await page.goto("/inbox");
  await hydrated(page);
  for (const title of ["One", "Two"]) await addTask(page, title);
  const editor = await editTask(page, "One");
  await editor.getByLabel("Notes").fill("Not to be lost");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText(WAIT);
  await expect(editor.getByLabel("Notes")).toHaveValue("Not to be lost");
});

test("with scripts, settings that were sent too often stay in their form", { tag: "@browser" }, async ({ person: { page } }) => {
  await page.goto("/inbox");
  await hydrated(page);
  for (const title of ["One", "Two"]) await addTask(page, title);
  await page.goto("/settings");
  await hydrated(page);
  await page.getByLabel("Name").fill("Not to be lost");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText(WAIT);
  await expect(page.getByLabel("Name")).toHaveValue("Not to be lost");
});
