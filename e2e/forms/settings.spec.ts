import type { Page } from "@playwright/test";
import { atDesk, createTasks, dueIn, expect, hydrated, logIn, taskRow, test } from "../support/pages.ts";
import { anyAddress, bearer, sessionToken } from "../support/test.ts";

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");
}

test("a name and a time zone are saved", { tag: "@core" }, async ({ person: { page } }) => {
  await atDesk(page);
  await page.goto("/settings");
  await page.getByLabel("Name").fill("Mira Costa");
  await page.getByLabel("Time zone").fill("Pacific/Kiritimati");
  await page.getByLabel("Week starts on").selectOption("Sunday");
  await save(page);
  await expect(page.getByRole("button", { name: "Log out Mira Costa" })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Mira Costa");
  await expect(page.getByLabel("Time zone")).toHaveValue("Pacific/Kiritimati");
  await expect(page.getByLabel("Week starts on")).toHaveValue("7");
  const there = Temporal.Now.plainDateISO("Pacific/Kiritimati");
  await page.goto("/today");
  await expect(page.getByText(new RegExp(` ${there.day} ${there.toLocaleString("en-GB", { month: "long" })}$`))).toBeVisible();
});

test("times are shown in the chosen clock format", async ({ person }) => {
  await createTasks(person, [{ title: "Call", due: { ...dueIn(1), time: "17:00" } }]);
  const { page } = person;
  await page.reload();
  await expect(taskRow(page, "Call")).toContainText("Tomorrow 17:00");
  await page.goto("/settings");
  await page.getByLabel("Clock").selectOption("5pm");
  await save(page);
  await page.goto("/tasks");
  await expect(taskRow(page, "Call")).toContainText("Tomorrow 5pm");
});

for (const [theme, system] of [
  ["dark", "light"],
  ["light", "dark"],
] as const) {
  test(`the ${theme} theme applies on a ${system} system`, { tag: ["@browser", "@noscript"] }, async ({ person: { page } }) => {
    await page.emulateMedia({ colorScheme: system });
    await page.goto("/settings");
    await expect(page.locator("html")).toHaveCSS("color-scheme", "light dark");
    await page.getByLabel("Theme").selectOption(theme);
    await save(page);
    await expect(page.locator("html")).toHaveCSS("color-scheme", theme);
    await page.goto("/today");
    await expect(page.locator("html")).toHaveCSS("color-scheme", theme);
    await page.goto("/settings");
    await page.getByLabel("Theme").selectOption("As the system");
    await save(page);
    await expect(page.locator("html")).toHaveCSS("color-scheme", "light dark");
  });
}

test("an unknown time zone is rejected, and the input is kept", async ({ person: { page } }) => {
  await page.goto("/settings");
  await page.getByLabel("Name").fill("Mira Costa");
  await page.getByLabel("Time zone").fill("Mars/Olympus");
  await page.getByLabel("Theme").selectOption("dark");
  await page.getByLabel("Clock").selectOption("5pm");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Time zone")).toHaveAccessibleDescription("That is not a time zone we know");
  await expect(page.getByLabel("Time zone")).toHaveValue("Mars/Olympus");
  await expect(page.getByLabel("Name")).toHaveValue("Mira Costa");
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
  await expect(page.getByLabel("Clock")).toHaveValue("12");
  await page.reload();
});

test("weekday choices start on the chosen first day", async ({ person }) => {
  const { page } = person;
  const [id] = await createTasks(person, [
    { title: "Water the plants", due: dueIn(1), recurrence: { rrule: "FREQ=WEEKLY", anchor: "due" } },
  ]);
  await page.goto("/settings");
  await page.getByLabel("Week starts on").selectOption("Sunday");
  await save(page);
  await page.goto(`/task/${id}`);
  await expect(page.getByRole("group", { name: "On", exact: true })).toContainText(/^On\s*Sun\s*Mon.*Sat$/);
});

test("logging out everywhere ends the sessions of every browser, and the tokens", { tag: "@noscript" }, async ({
  person: { page, account },
  browser,
  settings,
}) => {
  const elsewhere = await browser.newContext({ ...settings, extraHTTPHeaders: { "X-Forwarded-For": anyAddress() } });
  const other = await elsewhere.newPage();
  await other.goto("/login");
  await logIn(other, account.email, account.password);
  await expect(other).toHaveURL("/today");
  const token = await sessionToken(page.request);

  await page.goto("/settings");
  await page.getByRole("button", { name: "Log out everywhere" }).click();
  await expect(page).toHaveURL("/login");
  await page.goto("/today");
  await expect(page).toHaveURL("/login?redirectTo=%2Ftoday");
  await other.goto("/settings");
  await expect(other).toHaveURL("/login?redirectTo=%2Fsettings");
  expect((await page.request.get("/api/me", { headers: bearer(token) })).status()).toBe(401);
  await elsewhere.close();
});

for (const [path, field, button] of [
  ["/settings", "Name", "Save"],
  ["/settings/access-keys", "Name", "Make key"],
  ["/settings/password", "New password", "Change password"],
] as const) {
  test(`input on ${path} is kept while the server is unavailable`, { tag: "@browser" }, async ({ person: { page } }) => {
    await page.goto(path);
    await hydrated(page);
    await page.getByLabel(field, { exact: true }).fill("Typed in a tunnel");
    await page.context().setOffline(true);
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.");
    await expect(page.getByLabel(field, { exact: true })).toHaveValue("Typed in a tunnel");
    await page.context().setOffline(false);
    await page.route("**/*.data*", (route) => route.fulfill({ status: 503 }));
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByRole("status")).toHaveText("That went wrong on our side. Try again.");
    await expect(page.getByLabel(field, { exact: true })).toHaveValue("Typed in a tunnel");
  });
}
