import { Client } from "pg";
import { addTask, expect, logOut, test, titleLink } from "../support/pages.ts";

test.use({ sharesContext: false });

test("two people never see each other's tasks", { tag: "@core" }, async ({ person, stranger }) => {
  await addTask(person.page, "Mine");
  await addTask(stranger.page, "Theirs");
  for (const [{ page }, own, other] of [
    [person, "Mine", "Theirs"],
    [stranger, "Theirs", "Mine"],
  ] as const) {
    for (const view of ["", "?status=all", "?status=done"]) {
      await page.goto(`/tasks${view}`);
      await expect(page.getByText(other, { exact: true })).toHaveCount(0);
    }
    await page.goto("/tasks");
    await expect(titleLink(page, own)).toBeVisible();
  }
});

test("users can't open the editor of each other's tasks", async ({ person, stranger }) => {
  await addTask(stranger.page, "Theirs");
  const editor = await titleLink(stranger.page, "Theirs").getAttribute("href");
  await person.page.goto(editor ?? "");
  await expect(person.page.getByLabel("Title")).toHaveCount(0);
  await expect(person.page.getByText("Theirs", { exact: true })).toHaveCount(0);
});

test("the user's own id leads to their tasks, any other id is rejected in the same way", async ({ person: { page, id }, stranger }) => {
  await page.goto(`/tasks/${id}`);
  await expect(page).toHaveURL("/tasks");
  const pages: string[] = [];
  for (const other of [stranger.id, "01890a5d-ac96-774b-bcce-b302099a8057", "nobody"]) {
    const answer = await page.goto(`/tasks/${other}`);
    expect(answer?.status()).toBe(403);
    await expect(page.getByRole("heading", { name: "This belongs to somebody else" })).toBeVisible();
    pages.push(await page.getByRole("main").innerHTML());
  }
  expect(new Set(pages).size).toBe(1);
});

test("a user's URL redirects a visitor to the log-in", async ({ page, stranger }) => {
  await page.goto(`/tasks/${stranger.id}`);
  await expect(page).toHaveURL(`/login?redirectTo=%2Ftasks%2F${stranger.id}`);
});

test("logging out in one tab logs out the other", async ({ person: { page } }) => {
  const other = await page.context().newPage();
  await other.goto("/tasks");
  await logOut(page);
  await other.getByRole("link", { name: "Done" }).click();
  await expect(other).toHaveURL("/login?redirectTo=%2Ftasks%3Fstatus%3Ddone");
});

test("a deleted account is logged out at the next request", { tag: "@database" }, async ({ person: { page, id }, server }) => {
  test.skip(!server.env.DATABASE_URL, "Only the server itself can write to the embedded database.");
  await addTask(page, "Gone with its owner");
  const database = new Client(server.env.DATABASE_URL);
  await database.connect();
  await database.query(`delete from "user" where id = $1`, [id]);
  await database.end();
  await page.getByRole("link", { name: "Done" }).click();
  await expect(page).toHaveURL("/login?redirectTo=%2Ftasks%3Fstatus%3Ddone");
});
