import { atDesk, expect, signUp, takenOver, test } from "../support/pages.ts";
import { newAccount } from "../support/people.ts";
import { anyAddress, bearer, sessionToken } from "../support/test.ts";

test("signing up leads to an empty task list", { tag: "@noscript" }, async ({ page, account }) => {
  await signUp(page, account);
  await expect(page.getByRole("heading", { name: "Today" })).toBeVisible();
  await expect(page.getByText("Nothing left for today")).toBeVisible();
});

test("errors are shown beside their fields, and the input is kept", async ({ page }) => {
  await page.goto("/signup");
  await takenOver(page);
  await page.getByLabel("Name").fill("  ");
  await page.getByLabel("E-mail").fill("robin at example");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription("Tell us what to call you");
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription("That is not an e-mail address");
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription("At least 10 characters");
  for (const label of ["Name", "E-mail", "Password"]) await expect(page.getByLabel(label)).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("E-mail")).toHaveValue("robin at example");
  await expect(page).toHaveURL("/signup");
});

test("a valid field keeps its value when another is rejected", async ({ page, account }) => {
  await page.goto("/signup");
  await takenOver(page);
  await page.getByLabel("Name").fill(account.name);
  await page.getByLabel("E-mail").fill(account.email);
  for (const [password, refusal] of [
    ["nine long", "At least 10 characters"],
    ["Password123", "Too many people use that password: choose another one"],
    ["0000000000", "That is one character repeated: choose another password"],
  ] as const) {
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("Password")).toHaveAccessibleDescription(refusal);
  }
  await expect(page.getByLabel("Name")).toHaveValue(account.name);
  await expect(page.getByLabel("E-mail")).toHaveValue(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/today");
});

test("an e-mail can be used once, in any case", async ({ page, stranger }) => {
  await page.goto("/signup");
  await takenOver(page);
  await page.getByLabel("Name").fill("Somebody Else");
  await page.getByLabel("E-mail").fill(stranger.account.email.toUpperCase());
  await page.getByLabel("Password").fill("another password");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription("There is an account with this e-mail already");
  await expect(page.getByLabel("Name")).toHaveValue("Somebody Else");
  await expect(page.getByLabel("E-mail")).toHaveValue(stranger.account.email.toUpperCase());
});

test("after signing up the user gets to the requested page", { tag: "@core" }, async ({ page, account }) => {
  await page.goto("/tasks?status=all");
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Name").fill(account.name);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/tasks?status=all");
});

test("HTML in a name is shown as text", async ({ page, account }) => {
  await signUp(page, { ...account, name: "<b>Robin</b> & <script>1" });
  await atDesk(page);
  await expect(page.getByText("<b>Robin</b> & <script>1")).toBeVisible();
});

test.describe("in another zone", () => {
  test.use({ timezoneId: "Pacific/Auckland" });

  test("an account begins in the time zone of its browser", { tag: "@browser" }, async ({ page, account }) => {
    await signUp(page, account);
    const me = await page.request.get("/api/me", { headers: bearer(await sessionToken(page.request)) });
    expect(await me.json()).toMatchObject({ name: account.name, timezone: "Pacific/Auckland" });
  });
});

test("without scripts an account begins in UTC", { tag: "@plain" }, async ({ page, account }) => {
  await signUp(page, account);
  const me = await page.request.get("/api/me", { headers: bearer(await sessionToken(page.request)) });
  expect(await me.json()).toMatchObject({ timezone: "UTC" });
});

test("too many sign-ups from one address are limited, with the time to wait", async ({ page, request, server }) => {
  const address = { "X-Forwarded-For": anyAddress() };
  await page.setExtraHTTPHeaders(address);
  await page.goto("/signup");
  await takenOver(page);
  await page.getByLabel("Name").fill("Robin Tester");
  await page.getByLabel("E-mail").fill(newAccount().email);
  await page.getByLabel("Password").fill("correct horse battery");
  const headers = { ...address, Origin: server.url };
  await Promise.all([1, 2, 3].map(() => request.post("/api/auth/sign-up/email", { data: newAccount(), headers })));
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert")).toHaveText(/^Too many tries\. Wait \d+ seconds? and try again\.$/);
  await expect(page.getByLabel("Name")).toHaveValue("Robin Tester");
});
