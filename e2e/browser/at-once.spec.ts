import type { Page } from "@playwright/test";
import { addBox, createTasks, editTask, expect, hydrated, type Person, taskRow, taskRows, test, titleLink } from "../support/pages.ts";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "Without scripts every answer is a new page.");

const TITLES = ["one", "two", "three", "four"];

async function inboxOf({ page, ...person }: Person, titles = TITLES): Promise<void> {
  await createTasks(
    { page, ...person },
    titles.map((title) => ({ title })),
  );
  await page.goto("/inbox");
  await hydrated(page);
}

/** Nothing is sent until what this returns is called. */
async function holdRequests(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/*.data*", async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

test("what is done to a task shows before the server knows of it", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const release = await holdRequests(page);
  await page.getByRole("button", { name: "Complete: one" }).click();
  await expect(taskRow(page, "one").locator(".box[data-done]")).toBeVisible();
  await taskRow(page, "two").hover();
  await page.getByRole("button", { name: "Delete: two" }).click();
  await expect(taskRows(page)).toHaveText(["one", "three", "four"]);
  await taskRow(page, "four").hover();
  await page.getByRole("button", { name: "Move up: four" }).click();
  await expect(taskRows(page)).toHaveText(["one", "four", "three"]);
  await addBox(page).fill("five");
  await addBox(page).press("Enter");
  await expect(page.getByRole("main").getByRole("listitem").last()).toHaveText("five");
  await expect(addBox(page)).toHaveValue("");
  release();
  await expect(taskRows(page)).toHaveText(["four", "three", "five"]);
  await page.reload();
  await expect(taskRows(page)).toHaveText(["four", "three", "five"]);
});

test("whatever is done in quick succession arrives, in its order", async ({ person }) => {
  const { page } = person;
  await inboxOf(person, [...TITLES, "five", "six"]);
  await titleLink(page, "one").focus();
  for (let step = 0; step < 3; step++) await page.keyboard.press("Alt+ArrowDown");
  await page.evaluate(() => {
    const buttons = document.querySelectorAll<HTMLElement>("button[value=complete]");
    for (const button of [...buttons].slice(-2)) button.click();
  });
  for (const title of ["seven", "eight", "nine"]) {
    await addBox(page).fill(title);
    await addBox(page).press("Enter");
  }
  const expected = ["two", "three", "four", "one", "seven", "eight", "nine"];
  await expect(taskRows(page)).toHaveText(expected);
  await page.reload();
  await expect(taskRows(page)).toHaveText(expected);
});

test("what can't reach the server is put back and said, and what was typed is kept", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Complete: one" }).click();
  await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.");
  await expect(taskRow(page, "one").locator(".box[data-done]")).toHaveCount(0);
  await addBox(page).fill("Typed in a tunnel");
  await addBox(page).press("Enter");
  await expect(addBox(page)).toHaveValue("Typed in a tunnel");
  await expect(taskRows(page)).toHaveText(TITLES);
  await page.context().setOffline(false);
  await addBox(page).press("Enter");
  await expect(taskRows(page)).toHaveText([...TITLES, "Typed in a tunnel"]);
});

test("a title that came back too late for the box is said", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/*.data*", async (route) => {
    await promise;
    await route.abort();
  });
  await addBox(page).fill("First");
  await addBox(page).press("Enter");
  await addBox(page).fill("Second");
  resolve();
  await expect(page.getByRole("status")).toHaveText("Not added: First");
  await expect(addBox(page)).toHaveValue("Second");
});

test("an editor that can't reach the server stays open with what was typed", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const editor = await editTask(page, "two");
  await editor.getByLabel("Title").fill("Typed in a tunnel");
  await page.context().setOffline(true);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.");
  await expect(editor.getByLabel("Title")).toHaveValue("Typed in a tunnel");
  await page.context().setOffline(false);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(titleLink(page, "Typed in a tunnel")).toBeVisible();
});

test("what the server can't do is put back and said", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  await page.route("**/*.data*", (route) => (route.request().method() === "POST" ? route.fulfill({ status: 503 }) : route.continue()));
  await taskRow(page, "two").hover();
  await page.getByRole("button", { name: "Delete: two" }).click();
  await expect(page.getByRole("status")).toHaveText("That went wrong on our side. Try again.");
  await expect(taskRows(page)).toHaveText(TITLES);
});

test("an open editor stays open while other tasks are done", async ({ person }) => {
  const { page } = person;
  await inboxOf(person);
  const editor = await editTask(page, "two");
  await editor.getByLabel("Title").fill("Half typed");
  await page.getByRole("button", { name: "Complete: one" }).click();
  await expect(titleLink(page, "one")).toHaveCount(0);
  await expect(editor.getByLabel("Title")).toHaveValue("Half typed");
});
