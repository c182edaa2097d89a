import type { Locator, Page } from "@playwright/test";
import { addBox, expect, hydrated, taskRows, test, titleLink } from "../support/pages.ts";

/** Presses Tab until `target` has the focus, as a person would who sees where they are. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let count = 0; count < 40; count++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target).toBeFocused();
}

test("a day's work is done with the keyboard alone", async ({ person: { page }, javaScriptEnabled }) => {
  if (javaScriptEnabled !== false) await hydrated(page);
  await tabTo(page, addBox(page));
  for (const title of ["Pay rent", "Call the dentist"]) {
    if (!(await addBox(page).evaluate((element) => element === document.activeElement))) await tabTo(page, addBox(page));
    await page.keyboard.type(title);
    await page.keyboard.press("Enter");
    await expect(titleLink(page, title)).toBeVisible();
  }
  await tabTo(page, titleLink(page, "Pay rent"));
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Title")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Pay the rent");
  await tabTo(page, page.getByRole("button", { name: "Save" }));
  await page.keyboard.press("Space");
  await expect(titleLink(page, "Pay the rent")).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Complete: Call the dentist" }));
  await page.keyboard.press("Space");
  await expect(titleLink(page, "Call the dentist")).toHaveCount(0);
  await tabTo(page, page.getByRole("button", { name: "Undo" }));
  await page.keyboard.press("Enter");
  await expect(titleLink(page, "Call the dentist")).toBeVisible();
});

test("the fields under More are reached by keyboard", async ({ person: { page } }) => {
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

test("the first Tab offers to skip the navigation", async ({ person: { page } }) => {
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the tasks" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(addBox(page)).toBeFocused();
});
