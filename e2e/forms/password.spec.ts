import type { Page } from "@playwright/test";
import { guessPasswords } from "../support/api.ts";
import { expect, logIn, test } from "../support/pages.ts";
import { anyAddress } from "../support/test.ts";

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
  settings,
}) => {
  const elsewhere = await browser.newContext({ ...settings, extraHTTPHeaders: { "X-Forwarded-For": anyAddress() } });
  const other = await elsewhere.newPage();
  await other.goto("/login");
  await logIn(other, account.email, account.password);
  await expect(other).toHaveURL("/today");

  await change(page, account.password, NEW);
  await expect(page.getByRole("status")).toContainText("Password changed. You are logged out everywhere else.");
  await page.goto("/today");
  await expect(page).toHaveURL("/today");

  await other.reload();
  await expect(other).toHaveURL(/\/login/);
  await logIn(other, account.email, account.password);
  await expect(other.getByRole("alert")).toHaveText("That e-mail and password don't match.");
  await logIn(other, account.email, NEW);
  await expect(other).toHaveURL("/today");
  await elsewhere.close();
});

test("too many wrong passwords anywhere limit the form as well, with the time to wait", async ({ person: { page, account }, server }) => {
  await guessPasswords(server, account.email);
  await change(page, account.password, NEW);
  await expect(page.getByRole("alert")).toHaveText(/^There were too many wrong passwords for this e-mail\. Try again in \d+ seconds?\.$/);
  await page.goto("/settings");
  await expect(page).toHaveURL("/settings");
});

test("errors of either password are shown beside it", async ({ person: { page, account } }) => {
  await change(page, "not the password", NEW);
  await expect(page.getByLabel("Current password")).toHaveAccessibleDescription("That is not your password");
  await change(page, account.password, "short");
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription("At least 10 characters");
  await change(page, account.password, "password123");
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription("Too many people use that password: choose another one");
  await change(page, "", NEW);
  await expect(page.getByLabel("Current password")).toHaveAccessibleDescription("Type the password that you have");
});
