import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import {
  addBox,
  createTasks,
  editTask,
  expect,
  expectNoSidewaysScroll,
  hydrated,
  logIn,
  makeList,
  type Person,
  test,
} from "../support/pages.ts";

const WIDTHS = [360, 768, 1280];

async function fill(person: Person): Promise<void> {
  const today = Temporal.Now.plainDateISO("UTC");
  await createTasks(person, [
    { title: "Send the signed lease back", priority: 3, due: { date: today.subtract({ days: 2 }).toString() } },
    { title: "Review the migration plan", priority: 2, due: { date: today.toString() }, notes: "What still blocks the cut-over?" },
    { title: "Draft chapter 3", priority: 1, due: { date: today.add({ days: 1 }).toString() } },
    { title: `Read ${"a-very-long-word-".repeat(12)}`, notes: "https://example.com/".repeat(9) },
    { title: "Call the dentist", status: "done" },
  ]);
  await person.page.reload();
}

/** Returns the id of a task that has everything a task can have. */
async function fillDay(person: Person): Promise<string> {
  const today = Temporal.Now.plainDateISO("UTC");
  const notes = "# Bring\n\n- old passport\n\n> `09:00`\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n- [ ] photos";
  const recurrence = { rrule: "FREQ=WEEKLY;BYDAY=MO,TH", anchor: "due" };
  const due = { date: today.toString(), time: "23:59" };
  const [parent = ""] = await createTasks(person, [{ title: "Renew passport", notes, due, recurrence, labels: ["errand"], priority: 1 }]);
  await createTasks(person, [
    { title: "Take photos", parent_id: parent, due: { date: today.toString() } },
    { title: "Pay the fee", parent_id: parent, status: "done" },
    { title: "Send the lease", due: { date: today.subtract({ days: 2 }).toString() } },
    { title: `Read ${"a-very-long-word-".repeat(12)}`, due: { date: today.add({ days: 1 }).toString(), time: "09:30" } },
    { title: "Call the dentist", due: { date: today.toString() }, status: "done" },
  ]);
  return parent;
}

async function refused(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill("not an address");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("That is not an e-mail address")).toBeVisible();
}

const VISITED: Record<string, (page: Page) => Promise<void>> = {
  "the front page": async (page) => void (await page.goto("/")),
  "the sign-up page": async (page) => void (await page.goto("/signup")),
  "the sign-up page with errors": async (page) => {
    await page.goto("/signup");
    await refused(page);
  },
  "the log-in page": async (page) => void (await page.goto("/login")),
  "the log-in page with an error": async (page) => {
    await page.goto("/login");
    await logIn(page, "unknown@example.com", "not the password");
    await expect(page.getByRole("alert")).not.toBeEmpty();
  },
  "the page on the API": async (page) => {
    await page.goto("/api/docs");
    for (const fold of ["Parameters", "Body", "Answers"]) await page.locator("summary", { hasText: fold }).last().click();
  },
  "an unknown address": async (page) => void (await page.goto("/no-such-page")),
};

const OWNED: Record<string, (person: Person) => Promise<void>> = {
  "an empty list": async () => {},
  "a filled list": fill,
  "a list of everything": async (person) => {
    await fill(person);
    await person.page.goto("/tasks?status=all");
  },
  "the fields under More": async ({ page }) => page.getByText("More").click(),
  "a refused title": async ({ page }) => {
    await addBox(page).fill("x".repeat(501));
    await addBox(page).press("Enter");
    await expect(page.getByText("must have at most 500 characters")).toBeVisible();
  },
  "an open editor": async (person) => {
    await fill(person);
    await editTask(person.page, "Review the migration plan");
  },
  "an editor with errors": async (person) => {
    await fill(person);
    const editor = await editTask(person.page, "Draft chapter 3");
    await person.page.getByLabel("Title").fill("  ");
    await editor.getByRole("button", { name: "Save" }).click();
    await expect(editor.getByText("must not be empty")).toBeVisible();
  },
  "a message with Undo": async (person) => {
    await fill(person);
    await person.page.getByRole("button", { name: "Complete: Draft chapter 3" }).click();
    await expect(person.page.getByRole("button", { name: "Undo" })).toBeVisible();
  },
  "a full day": async (person) => {
    await fillDay(person);
    await person.page.goto("/today");
    await person.page.getByText("Done today").click();
  },
  "a day with an open editor": async (person) => {
    await fillDay(person);
    await person.page.goto("/today");
    await editTask(person.page, "Renew passport");
  },
  "a day with several tasks selected": async (person) => {
    await fillDay(person);
    await person.page.goto("/today");
    for (const title of ["Renew passport", "Take photos"]) await person.page.getByRole("checkbox", { name: `Select: ${title}` }).check();
    await person.page.getByRole("button", { name: "Schedule" }).click();
    await expect(person.page.getByRole("button", { name: "Weekend" })).toBeVisible();
  },
  "an empty day": async ({ page }) => void (await page.goto("/today")),
  "the next days": async (person) => {
    await fillDay(person);
    await person.page.goto("/upcoming");
  },
  "an empty Inbox": async ({ page }) => void (await page.goto("/inbox")),
  "the lists and labels, one unfolded": async (person) => {
    const { page } = person;
    await makeList(page, `Home ${"and-garden-".repeat(8)}`);
    await createTasks(person, [{ title: "Fix the tap", labels: ["errand", "x".repeat(50)] }]);
    await page.goto("/lists");
    await page.getByLabel("Change label: errand").click();
  },
  "a list with an error": async ({ page }) => {
    await makeList(page, "Home");
    await page.getByText("Change this list").click();
    await page.getByLabel("Name").fill("  ");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("must not be empty")).toBeVisible();
  },
  "a task's page": async (person) => {
    const id = await fillDay(person);
    await person.page.goto(`/task/${id}`);
  },
  "a task's page with errors": async (person) => {
    const id = await fillDay(person);
    await person.page.goto(`/task/${id}`);
    await person.page.getByLabel("Title").fill("  ");
    await person.page.getByRole("button", { name: "Save" }).click();
    await expect(person.page.getByText("must not be empty")).toBeVisible();
  },
  "an empty history": async ({ page }) => void (await page.goto("/history")),
  "the history": async (person) => {
    const { page } = person;
    const task = await fillDay(person);
    await page.goto(`/task/${task}`);
    await page.getByLabel("Title").fill(`Renamed to ${"a-very-long-word-".repeat(12)}`);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status")).toContainText("Saved");
    await page.goto("/history");
    await page
      .getByRole("button", { name: /^Undo: / })
      .first()
      .click();
    await expect(page.getByRole("button", { name: /^Redo: / })).toBeVisible();
  },
  "an empty trash": async ({ page }) => void (await page.goto("/trash")),
  "the trash, about to be emptied": async (person) => {
    await fill(person);
    await person.page.getByRole("button", { name: "Delete: Draft chapter 3" }).click();
    await expect(person.page.getByRole("status")).toContainText("Deleted “Draft chapter 3”.");
    await person.page.goto("/trash");
    await person.page.getByText("Empty the trash").click();
  },
  "the settings with an error": async ({ page }) => {
    await page.goto("/settings");
    await page.getByLabel("Time zone").fill("Mars/Olympus");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("That is not a time zone we know")).toBeVisible();
  },
  "the access keys with errors": async ({ page }) => {
    await page.goto("/settings/access-keys");
    await page.getByRole("checkbox", { name: "Read" }).uncheck();
    await page.getByRole("button", { name: "Make key" }).click();
    await expect(page.getByText("Choose at least one")).toBeVisible();
  },
  "a made key": async ({ page }) => {
    await page.goto("/settings/access-keys");
    await page.getByLabel("Name").fill("Nightly backup of everything that I have ever written down");
    await page.getByRole("checkbox", { name: "Write" }).check();
    await page.getByRole("button", { name: "Make key" }).click();
    await expect(page.getByRole("textbox", { name: "The key" })).toBeVisible();
  },
  "the change of a password, refused": async ({ page }) => {
    await page.goto("/settings/password");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Type the password that you have")).toBeVisible();
  },
  "the data of an account": async ({ page }) => void (await page.goto("/settings/data")),
  "a file that can't be imported": async ({ page }) => {
    await page.goto("/settings/data");
    const csv = `title,priority\n${"a-very-long-word-".repeat(20)},9\n,x\n`;
    await page.getByLabel("A JSON or CSV file").setInputFiles({ name: "todo.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.getByRole("alert")).toContainText("can't be imported yet");
  },
  "a preview of an import": async ({ page }) => {
    await page.goto("/settings/data");
    const csv = `title,list\n${"a-very-long-word-".repeat(20)},Home\nMilk,Home\n`;
    await page.getByLabel("A JSON or CSV file").setInputFiles({ name: "todo.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.getByRole("button", { name: "Import 2 tasks" })).toBeVisible();
  },
  "somebody else's list": async ({ page }) => void (await page.goto("/tasks/nobody")),
};

/** A tablet shows the same elements as a desktop, so axe skips it. */
async function expectGoodForEveryone(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSidewaysScroll(page);
    if (width !== 768) await test.step(`${width} px`, () => expectAccessible(page));
  }
}

for (const [name, visit] of Object.entries(VISITED)) {
  test(`${name} is accessible on every screen`, async ({ page }) => {
    await visit(page);
    await expectGoodForEveryone(page);
  });
}

for (const [name, visit] of Object.entries(OWNED)) {
  test(`${name} is accessible on every screen`, async ({ person }) => {
    await visit(person);
    await expectGoodForEveryone(person.page);
  });
}

test("without scripts no page scrolls sideways, on any screen", { tag: ["@noscript", "@plain"] }, async ({ person }) => {
  const { page } = person;
  const task = await fillDay(person);
  const pages = [
    "/today",
    "/upcoming",
    "/inbox",
    "/tasks?status=all",
    `/task/${task}`,
    "/lists",
    "/history",
    "/trash",
    "/settings",
    "/api/docs",
  ];
  for (const path of [...pages, `/today?edit=${task}`, "/settings/access-keys", "/settings/password", "/settings/data"]) {
    await page.goto(path);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await test.step(`${path}, ${width} px`, () => expectNoSidewaysScroll(page));
    }
  }
});

test("a box with chips is accessible on every screen", async ({ person: { page } }) => {
  await page.goto("/today");
  await hydrated(page);
  await addBox(page).fill("Water the plants every 3 days #green !2");
  await expect(page.getByRole("button", { name: "Keep “#green” as words" })).toBeVisible();
  await expectGoodForEveryone(page);
});

test.describe("elements that only scripts show", () => {
  test("the command palette is accessible on every screen", async ({ person }) => {
    const { page } = person;
    await fill(person);
    await hydrated(page);
    await page.keyboard.press("ControlOrMeta+k");
    await expectGoodForEveryone(page);
    await page.getByRole("combobox").fill("a");
    await expect(page.getByRole("group", { name: "Tasks" })).toBeVisible();
    await expectGoodForEveryone(page);
  });

  test("the sheet of shortcuts is accessible on every screen", async ({ person: { page } }) => {
    await hydrated(page);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    await expectGoodForEveryone(page);
  });

  test("the offer to add a task per line is accessible on every screen", async ({ person: { page } }) => {
    await hydrated(page);
    await addBox(page).evaluate(
      (box, text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text", text);
        box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      },
      `Trip #travel\n  Tickets tomorrow\n${"a-very-long-word-".repeat(12)}\n${"One more\n".repeat(20)}`,
    );
    await expect(page.getByRole("button", { name: "Keep “tomorrow” as words" })).toBeVisible();
    await expectGoodForEveryone(page);
  });
});
