import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Locator, Page } from "@playwright/test";
import { createTasks, expect, hydrated, test } from "../support/pages.ts";
import { skipWithout } from "../support/programs.ts";
import { bearer, sessionToken } from "../support/test.ts";

const execute = promisify(execFile);

function operation(page: Page, summary: string): Locator {
  return page.getByRole("article").filter({ has: page.getByRole("heading", { name: summary, exact: true }) });
}

test("the API documentation is public, and lists every operation of the description", { tag: "@core" }, async ({ page, server }) => {
  const document = await (await page.request.get(`${server.url}/api/openapi.json`)).json();
  await page.goto("/api/docs");
  await expect(page.getByRole("heading", { name: "The API", level: 1 })).toBeVisible();
  const described = Object.values<Record<string, { summary?: string }>>(document.paths).flatMap((item) =>
    Object.values(item).flatMap(({ summary }) => summary ?? []),
  );
  expect((await page.getByRole("heading", { level: 3 }).allTextContents()).sort()).toEqual(described.sort());
  await expect(page.getByText("Authorization: Bearer $TOKEN").first()).toBeVisible();
  await expect(page.getByText("In a path, me is whoever the token is of.")).toBeVisible();
});

test("request and response details unfold", async ({ page }) => {
  await page.goto("/api/docs");
  const article = operation(page, "Add a task");
  await article.locator("summary", { hasText: "Body" }).click();
  await expect(article.getByText("text, up to 500")).toBeVisible();
  await article.locator("summary", { hasText: "Answers" }).click();
  await expect(article.getByText("Some fields are not valid")).toBeVisible();
});

test("with a session, commands contain the user's ids, and a shell can run them", async ({ person }) => {
  skipWithout("curl");
  const { page, id } = person;
  await createTasks(person, [{ title: "Pay rent" }]);
  await page.goto("/api/docs");
  await expect(page.getByText(`You are ${id}`)).toBeVisible();
  const article = operation(page, "Whose token this is, and what it may do");
  const command = await article.locator("pre").innerText();
  const { Authorization } = bearer(await sessionToken(page.request));
  const { stdout } = await execute("sh", ["-c", command], { env: { ...process.env, TOKEN: Authorization.replace("Bearer ", "") } });
  expect(JSON.parse(stdout).id).toBe(id);
});

test("a command is copied with one press", { tag: "@browser" }, async ({ person: { page }, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/api/docs");
  await hydrated(page);
  const article = operation(page, "Add a task");
  await article.getByRole("button", { name: "Copy Add a task", exact: true }).click();
  await expect(article.getByRole("button", { name: "Copied Add a task" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await article.locator("pre").innerText());
});
