import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { Client } from "pg";
import { createTasks, dueIn, expect, hydrated, test } from "../support/pages.ts";
import { skipWithout } from "../support/programs.ts";

const KEYS = "/settings/access-keys";

async function makeKey(page: Page, name: string): Promise<string> {
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByRole("heading", { name: `The key “${name}” is made` })).toBeVisible();
  return page.getByRole("textbox", { name: "The key" }).inputValue();
}

test("a key is shown once", { tag: "@core" }, async ({ person: { page } }) => {
  await page.goto("/settings");
  await page.getByRole("main").getByRole("link", { name: "access key" }).click();
  await expect(page.getByText("No keys yet")).toBeVisible();
  const key = await makeKey(page, "Nightly backup");
  expect(key).toMatch(/^doable_\w{40,}$/);
  const row = page.getByRole("listitem").filter({ hasText: "Nightly backup" });
  await expect(row).toContainText("tasks:read");
  await expect(row).toContainText("Made today");
  await expect(row).toContainText("Never used");
  await page.goto(KEYS);
  await expect(row).toBeVisible();
  expect(await page.content()).not.toContain(key);
  await expect(page.getByRole("textbox", { name: "The key" })).toHaveCount(0);
});

test("a new key has the focus and its form is empty again", { tag: "@browser" }, async ({ person: { page } }) => {
  await page.goto(KEYS);
  await hydrated(page);
  await makeKey(page, "Nightly backup");
  await expect(page.getByRole("heading", { name: "The key “Nightly backup” is made" })).toBeFocused();
  await expect(page.getByLabel("Name")).toHaveValue("");
});

test("a new key is copied with one click", { tag: "@browser" }, async ({ person: { page } }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(KEYS);
  const key = await makeKey(page, "Nightly backup");
  await page.getByRole("button", { name: "Copy key" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
});

test("a second key is not marked as copied because the first one was", { tag: "@browser" }, async ({ person: { page } }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(KEYS);
  await hydrated(page);
  await makeKey(page, "Nightly backup");
  await page.getByRole("button", { name: "Copy key" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  await makeKey(page, "Phone");
  await expect(page.getByRole("button", { name: "Copied" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "The key “Phone” is made" })).toBeFocused();
});

for (const { scope, second } of [
  { scope: "Read", second: "lists what is due today" },
  { scope: "Add only", second: "adds a task" },
]) {
  test(`the page shows two shell commands for a new key that may ${scope.toLowerCase()}`, async ({ person, javaScriptEnabled }) => {
    skipWithout("curl");
    const { page } = person;
    await createTasks(person, [{ title: "Pay rent", due: dueIn(0) }]);
    await page.goto(KEYS);
    await page.getByRole("checkbox", { name: "Read" }).setChecked(scope === "Read");
    await page.getByRole("checkbox", { name: scope }).check();
    const key = await makeKey(page, "Shell");
    await expect(page.getByText(`the second ${second}`)).toBeVisible();
    const commands = page.getByRole("region", { name: "The key “Shell” is made" }).locator("pre");
    await expect(commands).toContainText(key);
    const { stdout } = await promisify(execFile)("sh", ["-c", (await commands.textContent()) ?? ""]);
    const answer = JSON.parse(stdout);
    if (scope === "Read") expect(answer.items).toMatchObject([{ title: "Pay rent" }]);
    else expect(answer).toMatchObject({ title: "Hello from a script", version: 1 });
    if (javaScriptEnabled === false) return;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy both lines" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await commands.textContent());
  });
}

test("a key without a name or a scope is rejected, and the input is kept", async ({ person: { page } }) => {
  await page.goto(KEYS);
  await page.getByRole("checkbox", { name: "Read" }).uncheck();
  await page.getByLabel("It ends after").selectOption("1 year");
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription("Give it a name");
  await expect(page.getByRole("group", { name: "It may" })).toHaveAccessibleDescription("Choose at least one");
  await expect(page.getByLabel("It ends after")).toHaveValue("365");
  await expect(page.getByRole("checkbox", { name: "Read" })).not.toBeChecked();

  await page.getByLabel("Name").fill("Importer");
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("Importer");
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription("");

  await page.getByRole("checkbox", { name: "Add only" }).check();
  await page.getByRole("button", { name: "Make key" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Importer" });
  await expect(row).toContainText("tasks:create");
  await expect(row).not.toContainText("tasks:read");
});

test("a key shows when it was last used", async ({ person: { page }, request }) => {
  await page.goto(KEYS);
  const key = await makeKey(page, "Nightly backup");
  const answer = await request.post("/api/token", { headers: { "X-API-Key": key } });
  expect(await answer.json()).toMatchObject({ token_type: "Bearer", scope: "tasks:read" });
  await page.goto(KEYS);
  await expect(page.getByRole("listitem").filter({ hasText: "Nightly backup" })).toContainText("Last used today");
});

test("an expired key is marked, and can't be exchanged", { tag: "@database" }, async ({ person: { page, id }, request, server }) => {
  test.skip(!server.env.DATABASE_URL, "Only the server itself can write to the embedded database.");
  await page.goto(KEYS);
  const key = await makeKey(page, "Nightly backup");
  const row = page.getByRole("listitem").filter({ hasText: "Nightly backup" });
  await expect(row).toContainText("Expires ");
  const database = new Client(server.env.DATABASE_URL);
  await database.connect();
  await database.query(`update apikey set expires_at = now() - interval '1 minute' where reference_id = $1`, [id]);
  await database.end();
  await page.goto(KEYS);
  await expect(row).toContainText(/Expired (today|yesterday)/);
  expect((await request.post("/api/token", { headers: { "X-API-Key": key } })).status()).toBe(401);
});

test("a revoked key can't be used", async ({ person: { page }, request }) => {
  await page.goto(KEYS);
  const kept = await makeKey(page, "Kept");
  const lost = await makeKey(page, "Lost");
  await page.getByRole("button", { name: "Revoke: Lost" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Lost" })).toHaveCount(0);
  expect((await request.post("/api/token", { headers: { "X-API-Key": lost } })).status()).toBe(401);
  expect((await request.post("/api/token", { headers: { "X-API-Key": kept } })).status()).toBe(200);
});

test("users can't see or revoke each other's keys", async ({ person: { page }, stranger, request }) => {
  await stranger.page.goto(KEYS);
  const key = await makeKey(stranger.page, "Theirs");
  const id = await stranger.page.locator("form:has(button[value=revoke]) input[name=id]").inputValue();
  await page.goto(KEYS);
  await expect(page.getByText("No keys yet")).toBeVisible();
  const answer = await page.request.post(KEYS, { form: { intent: "revoke", id }, maxRedirects: 0 });
  expect(answer.status()).toBe(302);
  expect((await request.post("/api/token", { headers: { "X-API-Key": key } })).status()).toBe(200);
});

test("the focus stays on the page when a key is revoked", { tag: "@browser" }, async ({ person: { page } }) => {
  await page.goto(KEYS);
  await hydrated(page);
  await makeKey(page, "Lost");
  await page.getByRole("button", { name: "Revoke: Lost" }).click();
  await expect(page.getByText("No keys yet")).toBeVisible();
  await expect(page.locator("body")).not.toBeFocused();
});
