import type { Page } from "@playwright/test";
import { createTasks, expect, type Person, takenOver, test, titleLink } from "../support/pages.ts";
import { bearer } from "../support/test.ts";

function rows(page: Page) {
  return page.getByRole("main").getByRole("listitem");
}

async function complete(page: Page, title: string): Promise<void> {
  await page.goto("/tasks");
  await takenOver(page);
  await page.getByRole("button", { name: `Complete: ${title}` }).click();
  await expect(page.getByRole("status")).toContainText("Completed");
}

/** Adds a task with an access key. */
async function addByScript({ page, id }: Person, title: string): Promise<void> {
  await page.goto("/settings/access-keys");
  await page.getByLabel("Name").fill("home-assistant");
  await page.getByRole("checkbox", { name: "Write" }).check();
  await page.getByRole("button", { name: "Make key" }).click();
  const key = await page.getByRole("textbox", { name: "The key" }).inputValue();
  const { access_token } = await (await page.request.post("/api/token", { headers: { "X-API-Key": key } })).json();
  const added = await page.request.post(`/api/${id}/tasks`, { headers: bearer(access_token), data: { title } });
  expect(added.status()).toBe(201);
}

/** Returns the parameters of the address that the answer redirects to. */
async function submit(page: Page, form: Record<string, string>): Promise<URLSearchParams> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post("/history", { form, headers: { Origin: origin }, maxRedirects: 0 });
  expect(answer.status()).toBe(302);
  return new URL(answer.headers().location ?? "", origin).searchParams;
}

test("the history says what happened, and each change is undone and redone there", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  const [id] = await createTasks(person, [{ title: "Pay rent" }]);
  await complete(page, "Pay rent");
  await page.goto("/history");
  await expect(page.getByRole("heading", { name: "Today", level: 2 })).toBeVisible();
  await expect(rows(page)).toContainText([/Completed “Pay rent”/, /Added “Pay rent”/]);
  await expect(rows(page).first().getByRole("link", { name: "“Pay rent”" })).toHaveAttribute("href", `/task/${id}`);
  await page.getByRole("button", { name: "Undo: completed “Pay rent”" }).click();
  await expect(page.getByRole("status")).toContainText("Undone: completed “Pay rent”.");
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Redo: completed “Pay rent”" }).click();
  await expect(page.getByRole("status")).toContainText("Redone: completed “Pay rent”.");
  await expect(page.getByRole("button", { name: "Undo: completed “Pay rent”" })).toBeVisible();
  await page.goto("/tasks?status=done");
  await expect(titleLink(page, "Pay rent")).toBeVisible();
});

test("the message of an undo redoes it", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent" }]);
  await complete(page, "Pay rent");
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(titleLink(page, "Pay rent")).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Redo" }).click();
  await expect(page.getByRole("status")).toContainText("Redone: completed “Pay rent”.");
  await expect(titleLink(page, "Pay rent")).toHaveCount(0);
});

test("what a script did is named, and can be undone on the page", async ({ person }) => {
  const { page } = person;
  await addByScript(person, "Filter change");
  await page.goto("/history");
  await expect(rows(page)).toContainText([/A script \(home-assistant\) added “Filter change”/]);
  await page.getByRole("button", { name: "Undo: a script (home-assistant) added “Filter change”" }).click();
  await expect(page.getByRole("status")).toContainText("Undone: a script (home-assistant) added “Filter change”.");
  await page.goto("/tasks");
  await expect(titleLink(page, "Filter change")).toHaveCount(0);
});

test("the last change is undone, but never a script's", { tag: "@plain" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent" }]);
  await addByScript(person, "Filter change");
  const undone = await submit(page, { intent: "undo-last" });
  expect([undone.get("did"), undone.get("value")]).toEqual(["undone", "added “Pay rent”"]);
  expect((await submit(page, { intent: "undo-last" })).get("did")).toBe("nothing-to-undo");
  await page.goto("/tasks");
  await expect(titleLink(page, "Filter change")).toBeVisible();
});

test("older changes are on further pages", { tag: "@plain" }, async ({ person }) => {
  const { page } = person;
  await createTasks(
    person,
    Array.from({ length: 51 }, (_, index) => ({ title: `Task ${index}` })),
  );
  await page.goto("/history");
  await expect(rows(page)).toHaveCount(50);
  await page.getByRole("link", { name: "Older changes" }).click();
  await expect(rows(page)).toContainText(["Added “Task 0”"]);
  await page.getByRole("button", { name: "Undo: added “Task 0”" }).click();
  await expect(page.getByRole("button", { name: "Redo: added “Task 0”" })).toBeVisible();
  await page.getByRole("link", { name: "Latest changes" }).click();
  await expect(page).toHaveURL("/history");
  expect((await page.goto("/history?cursor=x"))?.status()).toBe(400);
});

test("a second user sees and undoes nothing of it", { tag: "@plain" }, async ({ person, stranger }) => {
  await createTasks(person, [{ title: "Secret" }]);
  const { page } = stranger;
  await page.goto("/history");
  await expect(page.getByText("Nothing has changed yet")).toBeVisible();
  for (const intent of ["undo", "redo"]) {
    expect((await submit(page, { intent, change: "1" })).get("did")).toBe("undo-over");
  }
  await person.page.goto("/tasks");
  await expect(titleLink(person.page, "Secret")).toBeVisible();
});
