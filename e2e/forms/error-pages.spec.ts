import { expect, test } from "../support/pages.ts";

test("an unknown address says that there is nothing, and leads back", { tag: "@core" }, async ({ person: { page } }) => {
  const answer = await page.goto("/no/such/page");
  expect(answer?.status()).toBe(404);
  await expect(page).toHaveTitle("There is nothing here · Doable");
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await page.getByRole("link", { name: "Go to your tasks" }).click();
  await expect(page).toHaveURL("/today");
});

test("a visitor is told the same", async ({ page }) => {
  const answer = await page.goto("/no-such-page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

test("what an unknown address contains is shown nowhere", async ({ page }) => {
  await page.goto("/<script>alert(1)</script>?<img src=x onerror=alert(1)>");
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("alert");
});

test("an unknown address of a list is refused to a visitor before anything is said of it", async ({ page }) => {
  await page.goto("/settings/access-keys");
  await expect(page).toHaveURL("/login?redirectTo=%2Fsettings%2Faccess-keys");
});
