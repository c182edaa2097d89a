import type { Page } from "@playwright/test";
import { expect, test } from "../support/pages.ts";

const NEW = "another good password";

async function change(page: Page, current: string, next: string): Promise<void> {
  await page.goto("/settings/password");
  await page.getByLabel("Current password").fill(current);
  await page.getByLabel("New password").fill(next);
  await page.getByRole("button", { name: "Change password" }).click();
}

test("changing the password invalidates the old one and logs out other browsers", { tag: "@core" }, async ({
  person: { page, account },
  browser,
  baseURL,
  javaScriptEnabled,
}) => {
  const elsewhere = await browser.newContext({ baseURL: baseURL ?? "", javaScriptEnabled: javaScriptEnabled !== false });
  const other = await elsewhere.newPage();
  const logIn = async (password: string) => {
    await other.goto("/login");
    await other.getByLabel("E-mail").fill(account.email);
    await other.getByLabel("Password").fill(password);
    await other.getByRole("button", { name: "Log in" }).click();
  };
  await logIn(account.password);
  await expect(other).toHaveURL("/today");

  await change(page, account.password, NEW);
  await expect(page.getByRole("status")).toContainText("Password changed. You are logged out everywhere else.");
  await page.goto("/today");
  await expect(page).toHaveURL("/today");

  await other.reload();
  await expect(other).toHaveURL(/\/login/);
  await logIn(account.password);
  await expect(other.getByRole("alert")).toHaveText("That e-mail and password don't match.");
  await logIn(NEW);
  await expect(other).toHaveURL("/today");
  await elsewhere.close();
});

test("errors of either password are shown beside it", async ({ person: { page, account } }) => {
  await change(page, "not the password", NEW);
  await expect(page.getByLabel("Current password")).toHaveAccessibleDescription("That is not your password");
  await change(page, account.password, "short");
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription("At least 8 characters");
  await change(page, "", NEW);
  await expect(page.getByLabel("Current password")).toHaveAccessibleDescription("Type the password that you have");
});
