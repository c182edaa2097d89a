import { expect, signUp, test } from "../support/test.ts";

test("a person signs up, keeps tasks, and finds them after logging in again", async ({ page, account }) => {
  await signUp(page, account);
  const box = page.getByLabel("Add a task");
  await box.fill("Pay rent");
  await box.press("Enter");
  await expect(page.getByRole("link", { name: "Pay rent" })).toBeVisible();
});
