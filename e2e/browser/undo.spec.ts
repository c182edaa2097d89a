import { createTasks, expect, hydrated, test, titleLink } from "../support/pages.ts";

test("z undoes the last change after a reload, then the one before, and offers to redo", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent" }, { title: "Call the dentist" }]);
  await page.goto("/tasks");
  await hydrated(page);
  for (const title of ["Pay rent", "Call the dentist"]) {
    await page.getByRole("button", { name: `Complete: ${title}` }).click();
    await expect(page.getByRole("status")).toContainText("Completed");
    await expect(titleLink(page, title)).toHaveCount(0);
  }
  await page.reload();
  await hydrated(page);
  await page.keyboard.press("z");
  await expect(page.getByRole("status")).toContainText("Undone: completed “Call the dentist”.");
  await expect(titleLink(page, "Call the dentist")).toBeVisible();
  await page.keyboard.press("z");
  await expect(page.getByRole("status")).toContainText("Undone: completed “Pay rent”.");
  await expect(titleLink(page, "Pay rent")).toBeVisible();
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(page.getByRole("status")).toContainText("Redone: completed “Pay rent”.");
  await expect(titleLink(page, "Pay rent")).toHaveCount(0);
  await page.keyboard.press("z");
  await expect(titleLink(page, "Pay rent")).toBeVisible();
});

test("without a change of the last ten minutes, z says so", async ({ person: { page } }) => {
  await hydrated(page);
  await page.keyboard.press("z");
  await expect(page.getByRole("status")).toHaveText("Nothing to undo.");
});

test("the palette undoes the last change after a reload", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent" }]);
  await page.goto("/settings");
  await hydrated(page);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("undo last");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toContainText("Undone: added “Pay rent”.");
  await expect(page).toHaveURL("/settings");
});
