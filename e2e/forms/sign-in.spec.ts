import { Client } from "pg";
import { guessPasswords } from "../support/api.ts";
import { atDesk, expect, logIn, logOut, type Person, test } from "../support/pages.ts";
import { newAccount } from "../support/people.ts";

async function loggedOut({ page, account }: Person) {
  await logOut(page);
  return { page, account };
}

test("a user can log out, and log in again", { tag: ["@noscript", "@core"] }, async ({ person }) => {
  const { page, account } = await loggedOut(person);
  await page.goto("/tasks");
  await expect(page).toHaveURL("/login?redirectTo=%2Ftasks");
  await logIn(page, account.email, account.password);
  await expect(page).toHaveURL("/tasks");
  await atDesk(page);
  await expect(page.getByText(account.name)).toBeVisible();
});

test("after a log-out the back button shows no user data", { tag: "@noscript" }, async ({ person: { page, account } }) => {
  await logOut(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/login/);
  await expect(page.getByText(account.name)).toHaveCount(0);
});

test("following a link to /logout does not log out", async ({ person: { page } }) => {
  await page.goto("/logout");
  await expect(page).toHaveURL("/today");
});

test("errors are shown beside their fields, and the input is kept", async ({ page }) => {
  await page.goto("/login");
  await logIn(page, "robin at example", "");
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription("That is not an e-mail address");
  await expect(page.getByLabel("E-mail")).toHaveValue("robin at example");
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription("Type your password");
});

test("a wrong password and an unknown e-mail get the same message", async ({ person }) => {
  const { page, account } = await loggedOut(person);
  const refusals: string[] = [];
  for (const email of [account.email, newAccount().email]) {
    await page.goto("/login");
    await logIn(page, email, "not the password");
    await expect(page.getByRole("alert")).toHaveText("That e-mail and password don't match.");
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
    refusals.push((await page.getByRole("main").innerHTML()).replaceAll(email, "(the e-mail)"));
  }
  expect(refusals[0]).toBe(refusals[1]);
});

test("a banned user's log-in shows that the account is closed", { tag: "@database" }, async ({ person, server }) => {
  test.skip(!server.env.DATABASE_URL, "Only the server itself can write to the embedded database.");
  const { page, account } = await loggedOut(person);
  const database = new Client(server.env.DATABASE_URL);
  await database.connect();
  await database.query(`update "user" set banned = true where id = $1`, [person.id]);
  await database.end();
  await logIn(page, account.email, account.password);
  await expect(page.getByRole("alert")).toHaveText("This account is closed.");
  await page.goto("/today");
  await expect(page).toHaveURL("/login?redirectTo=%2Ftoday");
});

test("after logging in the user gets to the requested view", async ({ person }) => {
  const { page, account } = await loggedOut(person);
  await page.goto("/tasks?status=done");
  await expect(page).toHaveURL("/login?redirectTo=%2Ftasks%3Fstatus%3Ddone");
  await logIn(page, account.email, account.password);
  await expect(page).toHaveURL("/tasks?status=done");
});

test("a failed log-in keeps the requested view", async ({ person }) => {
  const { page, account } = await loggedOut(person);
  await page.goto("/tasks?status=done");
  await logIn(page, account.email, "not the password");
  await expect(page.getByRole("alert")).not.toBeEmpty();
  await logIn(page, account.email, account.password);
  await expect(page).toHaveURL("/tasks?status=done");
});

for (const elsewhere of ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example"]) {
  test(`a log-in does not redirect to ${JSON.stringify(elsewhere)}`, async ({ person }) => {
    const { page, account } = await loggedOut(person);
    await page.goto(`/login?${new URLSearchParams({ redirectTo: elsewhere })}`);
    await logIn(page, account.email, account.password);
    await expect(page).toHaveURL("/today");
    await page.goto(`/login?${new URLSearchParams({ redirectTo: elsewhere })}`);
    await expect(page).toHaveURL("/today");
  });
}

test("too many log-ins are limited, with the time to wait", async ({ person, server }) => {
  const { page, account } = await loggedOut(person);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  const wrong = { data: { email: account.email, password: "not the password" }, headers: { Origin: server.url } };
  const tries = await Promise.all([1, 2, 3].map(() => page.request.post("/api/auth/sign-in/email", wrong)));
  expect(tries.map((answer) => answer.status())).toEqual([401, 401, 401]);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toHaveText(/^Too many tries\. Wait \d+ seconds? and try again\.$/);
  await expect(page.getByLabel("E-mail")).toHaveValue(account.email);
});

const TOO_MANY =
  /^There were too many wrong passwords for this e-mail\. Try again in \d+ seconds?, or in a browser where you have logged in before\.$/;

test("too many wrong passwords for an account are limited, with the time to wait", { tag: "@noscript" }, async ({ person, server }) => {
  const { page, account } = await loggedOut(person);
  await guessPasswords(server, account.email);
  await logIn(page, account.email, account.password);
  await expect(page.getByRole("alert")).toHaveText(TOO_MANY);
  await expect(page.getByLabel("E-mail")).toHaveValue(account.email);
  const unknown = newAccount().email;
  await guessPasswords(server, unknown);
  await logIn(page, unknown, account.password);
  await expect(page.getByRole("alert")).toHaveText(TOO_MANY);
});

test("wrong passwords of others don't lock a browser out that has logged in before", async ({ person, server }) => {
  const { page, account } = await loggedOut(person);
  await logIn(page, account.email, account.password);
  await expect(page).toHaveURL("/today");
  await logOut(page);
  await guessPasswords(server, account.email);
  await logIn(page, account.email, account.password);
  await expect(page).toHaveURL("/today");
});

for (const address of ["/", "/login", "/signup"]) {
  test(`with a session ${address} redirects to /today`, async ({ person: { page } }) => {
    await page.goto(address);
    await expect(page).toHaveURL("/today");
  });
}

test("the front page links to sign-up and log-in", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Log in" }).click();
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  await page.goto("/");
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page.getByRole("heading", { name: "Create your account" })).toBeVisible();
});
