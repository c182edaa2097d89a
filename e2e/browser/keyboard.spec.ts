import type { Locator, Page } from "@playwright/test";
import { addBox, createTasks, expect, takenOver, taskRows, test, titleLink } from "../support/pages.ts";
import { SCREENS } from "../support/screens.ts";

// Presses Tab through whole pages.
test.slow();

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let count = 0; count < 80; count++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target).toBeFocused();
}

async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

for (const { name, use } of SCREENS) {
  test.describe(name, () => {
    test.use(use);

    // One theme for each width is enough without scripts.
    const tag = ["360 px, dark", "768 px, light", "1280 px, light"].includes(name) ? "@noscript" : [];

    test("tasks are added, edited, completed and undone with the keyboard alone", { tag }, async ({ person: { page } }) => {
      await takenOver(page);
      for (const title of ["Pay rent", "Call the dentist"]) {
        if (!(await addBox(page).evaluate((element) => element === document.activeElement))) await tabTo(page, addBox(page));
        await page.keyboard.type(title);
        await page.keyboard.press("Enter");
        await expect(titleLink(page, title)).toBeVisible();
      }
      await pressOn(page, titleLink(page, "Pay rent"));
      await expect(page.getByLabel("Title")).toBeFocused();
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type("Pay the rent");
      await tabTo(page, page.getByRole("button", { name: "Save" }));
      await page.keyboard.press("Space");
      await expect(titleLink(page, "Pay the rent")).toBeVisible();
      await tabTo(page, page.getByRole("button", { name: "Complete: Call the dentist" }));
      await page.keyboard.press("Space");
      await expect(titleLink(page, "Call the dentist")).toHaveCount(0);
      await pressOn(page, page.getByRole("button", { name: "Undo" }));
      await expect(titleLink(page, "Call the dentist")).toBeVisible();
    });
  });
}

test("a list is created, filled, sorted and emptied with the keyboard alone", { tag: "@noscript" }, async ({ person: { page } }) => {
  await page.goto("/lists");
  await typeInto(page, page.getByLabel("Name"), "Home");
  await expect(page.getByRole("heading", { name: "Home", level: 1 })).toBeVisible();
  for (const title of ["Fix the tap", "Paint the door", "Oil the hinges"]) {
    await addBox(page).focus();
    await page.keyboard.type(title);
    await page.keyboard.press("Enter");
    await expect(titleLink(page, title)).toBeVisible();
  }
  await page.reload();
  await takenOver(page);
  await pressOn(page, page.getByRole("button", { name: "Move up: Oil the hinges" }));
  await expect(taskRows(page)).toHaveText(["Fix the tap", "Oil the hinges", "Paint the door"]);
  for (const title of ["Fix the tap", "Paint the door"]) {
    await tabTo(page, page.getByRole("checkbox", { name: `Select: ${title}` }));
    await page.keyboard.press("Space");
  }
  await pressOn(page, page.getByRole("form", { name: "Selected tasks" }).getByRole("button", { name: "Complete" }));
  await expect(page.getByRole("status")).toContainText("Completed 2 tasks.");
  await pressOn(page, page.getByRole("button", { name: "Delete: Oil the hinges" }));
  await expect(page.getByRole("status")).toContainText("Deleted “Oil the hinges”.");
  await page.goto("/trash");
  await pressOn(page, page.getByRole("button", { name: "Restore: Oil the hinges" }));
  await expect(page.getByRole("status")).toContainText("Restored “Oil the hinges”.");
});

test("a task gets a subtask, is found and filtered with the keyboard alone", { tag: "@noscript" }, async ({ person }) => {
  const { page } = person;
  const [id] = await createTasks(person, [{ title: "Renew passport" }, { title: "Buy milk", labels: ["home"] }]);
  await page.goto(`/task/${id}`);
  await typeInto(page, page.getByRole("textbox", { name: "Add a subtask" }), "Take photos");
  await expect(titleLink(page, "Take photos")).toBeVisible();
  await page.goto("/tasks");
  await takenOver(page);
  await typeInto(page, page.getByRole("searchbox", { name: "Search your tasks" }), "pass");
  await expect(taskRows(page).getByRole("link").first()).toHaveText("Renew passport");
  await expect(titleLink(page, "Buy milk")).toHaveCount(0);
  await pressOn(page, page.getByRole("link", { name: "Clear filters" }).first());
  await pressOn(page, page.getByRole("button", { name: "Filter" }));
  await pressOn(page, page.getByRole("dialog", { name: "Filter" }).getByRole("link", { name: "#home", exact: true }));
  await expect(page).toHaveURL(/label=home/);
  await expect(titleLink(page, "Renew passport")).toHaveCount(0);
});

test("settings are changed and an access key is created with the keyboard alone", { tag: "@noscript" }, async ({ person: { page } }) => {
  await page.goto("/settings");
  await tabTo(page, page.getByLabel("Theme"));
  await page.keyboard.type("Dark");
  await pressOn(page, page.getByRole("main").getByRole("button", { name: "Save" }));
  await expect(page.getByRole("status")).toContainText("Saved.");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await pressOn(page, page.getByRole("main").getByRole("link", { name: "access key" }));
  await expect(page.getByRole("heading", { name: "Access keys", level: 1 })).toBeVisible();
  await typeInto(page, page.getByLabel("Name"), "Nightly backup");
  await expect(page.getByRole("textbox", { name: "The key" })).toBeVisible();
  await page.goto("/settings/access-keys");
  await pressOn(page, page.getByRole("button", { name: "Revoke: Nightly backup" }));
  await expect(page.getByText("No keys yet")).toBeVisible();
});

test("the fields under More are reached by keyboard", { tag: "@noscript" }, async ({ person: { page } }) => {
  await addBox(page).focus();
  await page.keyboard.type("Renew passport");
  await tabTo(page, page.locator("summary"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel("Notes"));
  await page.keyboard.type("Take a photo");
  await tabTo(page, page.getByLabel("Priority"));
  await page.keyboard.type("High");
  await addBox(page).focus();
  await page.keyboard.press("Enter");
  await expect(taskRows(page)).toHaveText(["Renew passportTake a photo"]);
});

test("the first Tab offers to skip the navigation", { tag: "@noscript" }, async ({ person: { page } }) => {
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the tasks" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(addBox(page)).toBeFocused();
});
