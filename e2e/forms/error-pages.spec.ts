import { expect, test } from "../support/pages.ts";

test("an unknown URL shows a 404 page with a link back", { tag: "@core" }, async ({ person: { page } }) => {
  const answer = await page.goto("/no/such/page");
  expect(answer?.status()).toBe(404);
  await expect(page).toHaveTitle("There is nothing here · Doable");
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await page.getByRole("link", { name: "Go to your tasks" }).click();
  await expect(page).toHaveURL("/today");
});

test("an unknown URL shows the same page without a session", async ({ page }) => {
  const answer = await page.goto("/no-such-page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

test("the 404 page does not repeat the URL", async ({ page }) => {
  await page.goto("/<script>alert(1)</script>?<img src=x onerror=alert(1)>");
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("alert");
});

test("a page that requires a session redirects a visitor to the log-in", async ({ page }) => {
  await page.goto("/settings/access-keys");
  await expect(page).toHaveURL("/login?redirectTo=%2Fsettings%2Faccess-keys");
});
