import { buffer } from "node:stream/consumers";
import type { Page } from "@playwright/test";
import { createTasks, dueIn, expect, makeList, staleTab, test, titleLink } from "../support/pages.ts";

const DATA = "/settings/data";

async function download(page: Page, name: "JSON" | "CSV"): Promise<{ fileName: string; text: string }> {
  await page.goto(DATA);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: `Download ${name}` }).click()]);
  return { fileName: file.suggestedFilename(), text: String(await buffer(await file.createReadStream())) };
}

async function choose(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.goto(DATA);
  await page.getByLabel("A JSON or CSV file").setInputFiles({ name, mimeType: "", buffer: Buffer.from(content) });
  await page.getByRole("button", { name: "Preview" }).click();
}

test("the settings link to the exports, which are downloaded in both formats", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Zahnarzt für Zoë anrufen" }]);
  await page.goto("/settings");
  await page.getByRole("link", { name: "exported and imported" }).click();
  await expect(page).toHaveURL(DATA);
  const json = await download(page, "JSON");
  expect(json.fileName).toMatch(/^doable-\d{4}-\d{2}-\d{2}\.json$/);
  expect(JSON.parse(json.text)).toMatchObject({ version: 1, tasks: [{ title: "Zahnarzt für Zoë anrufen" }] });
  const csv = await download(page, "CSV");
  expect(csv.fileName).toMatch(/\.csv$/);
  expect(csv.text).toContain(",Zahnarzt für Zoë anrufen,");
  expect(csv.text.startsWith("\ufeffid,title,"), "a spreadsheet is told that this is UTF-8").toBe(true);
  await choose(page, "again.csv", csv.text);
  await expect(page.getByText("All of it is here already")).toBeVisible();
});

test("a file over the limit is rejected with a page that links back", { tag: ["@plain", "@noscript"] }, async ({ person: { page } }) => {
  await choose(page, "all.json", Buffer.alloc(11 * 1024 * 1024, " "));
  await expect(page.getByRole("heading", { name: "That is too large" })).toBeVisible();
  await expect(page.getByText("may have 10 MB")).toBeVisible();
  await page.getByRole("link", { name: "Go back" }).click();
  await expect(page).toHaveURL(DATA);
  await choose(page, "todo.csv", "title\nMilk\n");
  await expect(page.getByText("What “todo.csv” would bring")).toBeVisible();
});

test("a CSV file is imported after a preview, and Undo reverts the whole import", { tag: ["@noscript", "@core"] }, async ({
  person: { page },
}) => {
  await choose(page, "todo.csv", `title,list,due_date\nMilk,Home,${dueIn(0).date}\nBread,Home,\nCall Zoë,,\n`);
  await expect(page.getByText("What “todo.csv” would bring")).toBeVisible();
  await expect(page.getByRole("row", { name: "Tasks 3 0" })).toBeVisible();
  await expect(page.getByRole("row", { name: "Lists 1 0" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("listitem")).toHaveText(["Milk", "Bread", "Call Zoë"]);
  const before = await page.context().newPage();
  await before.goto("/tasks");
  await expect(titleLink(before, "Milk")).toHaveCount(0);

  await page.getByRole("button", { name: "Import 3 tasks" }).click();
  await expect(page.getByRole("status")).toContainText("Imported.");
  await before.goto("/tasks");
  for (const title of ["Milk", "Bread", "Call Zoë"]) await expect(titleLink(before, title)).toBeVisible();
  await before.goto("/lists");
  await expect(before.getByRole("main").getByRole("link", { name: /^Home/ })).toBeVisible();

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("Undone");
  await page.getByLabel("A JSON or CSV file").setInputFiles({ name: "empty.csv", mimeType: "", buffer: Buffer.from("") });
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("alert")).not.toBeEmpty();
  await expect(page.getByRole("status")).toBeEmpty();
  await before.goto("/tasks");
  await expect(titleLink(before, "Milk")).toHaveCount(0);
  await before.goto("/lists");
  await expect(before.getByRole("heading", { name: "Lists", level: 1 })).toBeVisible();
  await expect(before.getByRole("main").getByRole("link", { name: /^Home/ })).toHaveCount(0);
});

test("an archive is imported into another account completely, and into its own not again", async ({ person, stranger }) => {
  await makeList(person.page, "Home");
  await createTasks(person, [{ title: "Pay rent", labels: ["home"] }]);
  const { text } = await download(person.page, "JSON");
  await choose(person.page, "doable.json", text);
  await expect(person.page.getByText("All of it is here already")).toBeVisible();
  await expect(person.page.getByRole("button", { name: /^Import/ })).toHaveCount(0);

  await choose(stranger.page, "doable.json", text);
  await stranger.page.getByRole("button", { name: "Import 1 task" }).click();
  await expect(stranger.page.getByRole("status")).toContainText("Imported.");
  expect((await download(stranger.page, "JSON")).text).toBe(text);
});

test("every problem of a file is reported with its place, and nothing is changed", async ({ person: { page } }) => {
  await choose(page, "todo.csv", "title,priority\nMilk,9\n,1\nBread,2\n");
  const problems = page.getByRole("alert");
  await expect(problems).toContainText("“todo.csv” can't be imported yet");
  await expect(problems.getByRole("listitem").filter({ hasText: "Row 2, column B" })).toContainText("priority");
  await expect(problems.getByRole("listitem").filter({ hasText: "Row 3, column A" })).toContainText("title");
  await choose(page, "doable.json", JSON.stringify({ version: 1, tasks: [{ title: "Fine" }, { title: "" }] }));
  await expect(problems.getByRole("listitem")).toHaveText(["Task 2, title" + "must not be empty"]);
  await page.goto("/settings/data/import");
  await expect(page).toHaveURL(/\/settings\/data/);
  await expect(page.getByRole("status")).toContainText("That file is not kept any more.");
  expect(JSON.parse((await download(page, "JSON")).text).tasks).toEqual([]);
});

for (const [what, content, message] of [
  ["nothing in it", "", "Choose a file that has something in it."],
  ["half of some JSON in it", '{"version": 1,', "That can't be read"],
  ["a picture in it", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "That can't be read"],
] as const) {
  test(`a file with ${what} is rejected`, async ({ person: { page } }) => {
    await choose(page, "file", content);
    await expect(page.getByRole("alert")).toContainText(message);
  });
}

test("a file that is too large is rejected before it is sent", { tag: "@browser" }, async ({ person: { page } }) => {
  await page.goto(DATA);
  const input = page.getByLabel("A JSON or CSV file");
  await input.setInputFiles({ name: "large.csv", mimeType: "text/csv", buffer: Buffer.alloc(10 * 1024 * 1024 + 1, "x") });
  await expect(input).toHaveJSProperty("validationMessage", "That file is larger than 10 MB.");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page).toHaveURL(DATA);
});

test("confirming imports the file that was previewed, not a later one", async ({ person: { page } }) => {
  await choose(page, "one.csv", "title\nShown\n");
  await expect(page.getByRole("button", { name: "Import 1 task" })).toBeVisible();
  const other = await staleTab(page);
  await choose(other, "two.csv", "title\nSent since\n");
  await expect(other.getByRole("button", { name: "Import 1 task" })).toBeVisible();
  await page.getByRole("button", { name: "Import 1 task" }).click();
  await expect(page.getByRole("status")).toContainText("That file is not kept any more.");
  await other.getByRole("button", { name: "Cancel" }).click();
  await expect(other).toHaveURL(DATA);
  expect(JSON.parse((await download(page, "JSON")).text).tasks).toEqual([]);
});

test("users can't see or import each other's files, or export each other's data", async ({ person: { page }, stranger }) => {
  await choose(stranger.page, "theirs.csv", "title\nTheir secret\n");
  const id = await stranger.page.locator("form:has(button[value=import]) input[name=id]").inputValue();
  await page.goto("/settings/data/import");
  await expect(page.getByText("theirs.csv")).toHaveCount(0);
  const answer = await page.request.post("/settings/data/import", { form: { intent: "import", id }, maxRedirects: 0 });
  expect(answer.headers().location).toContain("did=unheld");
  await stranger.page.getByRole("button", { name: "Import 1 task" }).click();
  await expect(stranger.page.getByRole("status")).toContainText("Imported.");
  expect((await download(page, "JSON")).text).not.toContain("Their secret");
});

test("a download requires a session", async ({ page }) => {
  await page.goto("/settings/data/export");
  await expect(page).toHaveURL(/\/login\?redirectTo=/);
});

test("a file whose upload failed can be sent again", { tag: "@browser" }, async ({ person: { page } }) => {
  await page.clock.install();
  // After a 204 a browser stays on the page.
  await page.route("**/settings/data", (route) =>
    route.request().method() === "POST" ? route.fulfill({ status: 204 }) : route.fallback(),
  );
  const refused = page.waitForResponse((answer) => answer.status() === 204);
  await choose(page, "todo.csv", "title\nMilk\n");
  await refused;
  await page.unroute("**/settings/data");
  await page.clock.fastForward(2_000);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText("What “todo.csv” would bring")).toBeVisible();
});
