import type { Page } from "@playwright/test";
import { MOVED_OCCURRENCES } from "../support/moved-occurrences.ts";
import { createTasks, dueIn, editTask, expect, hydrated, type Person, taskRow, test } from "../support/pages.ts";
import { bearer, sessionToken } from "../support/test.ts";

async function taskPage(person: Person, fields: object): Promise<Page> {
  const [id] = await createTasks(person, [fields]);
  await person.page.goto(`/task/${id}`);
  return person.page;
}

test("a repeat is chosen from fields, and the next five dates are shown", { tag: "@noscript" }, async ({ person }) => {
  const page = await taskPage(person, { title: "Pay rent", due: { date: "2031-01-31" } });
  await page.getByText("Repeat and hide").click();
  await page.getByLabel("Repeat", { exact: true }).selectOption("Monthly");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(
    page.getByText("Then Fri 28 Feb 2031 · Mon 31 Mar 2031 · Wed 30 Apr 2031 · Sat 31 May 2031 · Mon 30 Jun 2031"),
  ).toBeVisible();
  await expect(page.getByLabel("Repeat", { exact: true })).toHaveValue("monthly");
  await page.goto("/tasks");
  await expect(taskRow(page, "Pay rent")).toContainText("Every month on the 31st");
});

test("a rule that the fields can't express is described in words, and kept", async ({ person }) => {
  const recurrence = { rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU;COUNT=9", anchor: "due" };
  const page = await taskPage(person, { title: "Meet", due: { date: "2031-01-14" }, recurrence });
  const chosen = page.getByLabel("Repeat", { exact: true }).locator("option:checked");
  await expect(chosen).toHaveText("Every month on the second Tuesday");
  await expect(page.getByText("Every 2 months on the second Tuesday, 9 more times")).toBeVisible();
  await expect(page.getByLabel("Rule")).toBeHidden();
  await page.getByLabel("Title").fill("Meet the team");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Meet the team", level: 1 })).toBeVisible();
  await expect(page.getByText("Every 2 months on the second Tuesday, 9 more times")).toBeVisible();
  await expect(page.getByText("Then Tue 11 Mar 2031")).toBeVisible();
  await page.getByLabel("Every").fill("1");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Then Tue 11 Feb 2031")).toBeVisible();
});

test("a repeat of every few weeks has the weeks of a user whose week begins on Sunday, and keeps them", { tag: "@plain" }, async ({
  person,
}) => {
  const { page } = person;
  const settings = { settings: { week_start: 7 } };
  const saved = await page.request.patch("/api/me", { data: settings, headers: bearer(await sessionToken(page.request)) });
  expect(saved.status()).toBe(200);
  await taskPage(person, { title: "Bins", due: { date: "2031-01-12" } });
  await page.getByText("Repeat and hide").click();
  await page.getByLabel("Repeat", { exact: true }).selectOption("Weekly");
  await page.getByLabel("Every").fill("2");
  for (const day of ["Sun", "Mon"]) await page.getByLabel(day, { exact: true }).check();
  for (const title of ["Bins", "Bins and paper"]) {
    await page.getByLabel("Title").fill(title);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible();
    await expect(page.getByText("Then Mon 13 Jan 2031 · Sun 26 Jan 2031 · Mon 27 Jan 2031")).toBeVisible();
    await expect(page.getByLabel("Repeat", { exact: true })).toHaveValue("weekly");
  }
});

test("a repeat is shown in words and dates while it is edited", { tag: ["@browser", "@core"] }, async ({ person }) => {
  const page = await taskPage(person, { title: "Water", due: { date: "2031-01-13" } });
  await hydrated(page);
  await page.getByText("Repeat and hide").click();
  await page.getByLabel("Repeat", { exact: true }).selectOption("Weekly");
  await page.getByLabel("Every").fill("2");
  await page.getByText("Thu", { exact: true }).click();
  await expect(page.getByText("Every 2 weeks on Thu", { exact: true })).toBeVisible();
  await expect(page.getByText("Then Thu 16 Jan 2031 · Thu 30 Jan 2031")).toBeVisible();
  await page.getByLabel("Repeat", { exact: true }).selectOption("Never");
  await expect(page.getByText("Every 2 weeks on Thu", { exact: true })).toHaveCount(0);
});

test("a repeat without a due date is rejected beside its field, and all input is kept", async ({ person }) => {
  const page = await taskPage(person, { title: "Water", due: { date: "2031-01-13" } });
  await page.getByText("Repeat and hide").click();
  await page.getByLabel("Repeat", { exact: true }).selectOption("Weekly");
  await page.getByLabel("Every").fill("3");
  await page.getByLabel("Due").fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Repeat", { exact: true })).toHaveAccessibleDescription("needs a due date");
  await expect(page.getByLabel("Repeat", { exact: true })).toHaveValue("weekly");
  await expect(page.getByLabel("Every")).toHaveValue("3");
});

test("a row's form explains why a repeating task needs a date", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Water", due: dueIn(0), recurrence: { rrule: "FREQ=DAILY", anchor: "due" } }]);
  await page.goto("/today");
  const editor = await editTask(page, "Water");
  await editor.getByLabel("Due").fill("");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(editor.getByLabel("Due")).toHaveAccessibleDescription("Its repeat needs a due date");
});

test("an invalid rule is rejected beside its field, and kept", async ({ person }) => {
  const page = await taskPage(person, { title: "Meet", due: { date: "2031-01-14" } });
  await page.getByText("Repeat and hide").click();
  await page.getByLabel("Repeat", { exact: true }).selectOption("By a rule");
  await page.getByLabel("Rule").fill("FREQ=NEVER");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Repeat", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Rule")).toBeVisible();
  await expect(page.getByLabel("Rule")).toHaveValue("FREQ=NEVER");
});

test("an occurrence is skipped, and Undo reverts that", { tag: "@core" }, async ({ person }) => {
  const page = await taskPage(person, { title: "Water", due: dueIn(0), recurrence: { rrule: "FREQ=DAILY", anchor: "due" } });
  await page.getByRole("button", { name: "Skip this one" }).click();
  await expect(page.getByRole("status")).toContainText("Skipped “Water”. Next: Tomorrow.");
  await expect(page.getByLabel("Due")).toHaveValue(dueIn(1).date);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status")).toContainText("Undone");
  await expect(page.getByLabel("Due")).toHaveValue(dueIn(0).date);
});

test("moving one monthly occurrence keeps the day of the others", async ({ person }) => {
  const recurrence = { rrule: "FREQ=MONTHLY", anchor: "due" };
  const page = await taskPage(person, { title: "Pay rent", due: { date: "2031-01-31" }, recurrence });
  await page.getByLabel("Due").fill("2031-01-29");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved “Pay rent”.");
  await expect(page.getByRole("main").getByText("Every month on the 31st")).toBeVisible();
});

test("moving one occurrence keeps the rule", async ({ person }) => {
  const recurrence = { rrule: "FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2", anchor: "due" };
  const page = await taskPage(person, { title: "Water", due: { date: "2031-01-13" }, recurrence });
  await page.getByLabel("Due").fill("2031-01-14");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved “Water”.");
  await expect(page.getByLabel("Every")).toHaveValue("2");
  for (const day of ["Mon", "Thu"]) await expect(page.getByRole("checkbox", { name: day })).toBeChecked();
});

function inWords(day: string): string {
  const parts = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
  return Temporal.PlainDate.from(day).toLocaleString("en-GB", parts).replace(",", "");
}

test("an occurrence that is moved on its page leaves the rhythm of its rule alone", { tag: "@plain" }, async ({ person }) => {
  for (const [rrule, date, moved, day] of MOVED_OCCURRENCES) {
    const next = inWords(day);
    const page = await taskPage(person, { title: "Return", due: { date }, recurrence: { rrule, anchor: "due" } });
    await page.getByLabel("Due").fill(moved);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status")).toContainText("Saved");
    await expect(page.getByText(`Then ${next} ·`)).toBeVisible();
    await page.getByRole("button", { name: "Complete", exact: true }).click();
    await expect(page.getByRole("status")).toContainText(`Next: ${next}.`);
  }
});

test("the preview of changed fields counts as saving them would, and only of one's own task", async ({ person, stranger }) => {
  const recurrence = { rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", anchor: "due" };
  const page = await taskPage(person, { title: "Bin", due: { date: "2030-01-07" }, recurrence });
  await page.getByLabel("Due").fill("2030-01-14");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved “Bin”.");
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const query = new URLSearchParams({ id, due: "2030-01-15", repeat: "weekly", every: "2", on: "MO", anchor: "due" });
  expect((await (await page.request.get(`/repeat?${query}`)).json()).next[0]).toBe("Mon 21 Jan 2030");
  expect((await (await stranger.page.request.get(`/repeat?${query}`)).json()).next[0]).toBe("Mon 28 Jan 2030");
});

test("several occurrences that are given another day together keep their rhythms", async ({ person }) => {
  const { page } = person;
  const due = { date: "2030-01-07" };
  const ids = await createTasks(person, [
    { title: "Bin", due, recurrence: { rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", anchor: "due" } },
    { title: "Filter", due, recurrence: { rrule: "FREQ=DAILY;INTERVAL=3", anchor: "due" } },
  ]);
  await page.goto("/tasks");
  for (const title of ["Bin", "Filter"]) await page.getByRole("checkbox", { name: `Select: ${title}` }).check();
  const bar = page.getByRole("form", { name: "Selected tasks" });
  await bar.getByRole("button", { name: "Schedule" }).click();
  await bar.getByLabel("Day").fill("2030-01-08");
  await bar.getByRole("button", { name: "Set" }).click();
  await expect(page.getByRole("status")).toContainText("Moved 2 tasks to Tue 8 Jan 2030.");
  for (const [index, next] of ["Mon 21 Jan 2030", "Thu 10 Jan 2030"].entries()) {
    await page.goto(`/task/${ids[index]}`);
    await expect(page.getByText(`Then ${next} ·`)).toBeVisible();
  }
});

test("moving overdue tasks to today leaves the rhythm of their rules alone", async ({ person }) => {
  const { page } = person;
  const recurrence = { rrule: "FREQ=DAILY;INTERVAL=14", anchor: "due" };
  await createTasks(person, [{ title: "Bin", due: dueIn(-13), recurrence }]);
  await page.goto("/today");
  await page.getByRole("button", { name: "Move to today" }).click();
  await expect(page.getByRole("status")).toContainText("Moved everything overdue to Today.");
  await page.getByRole("button", { name: "Complete: Bin" }).click();
  await expect(page.getByRole("status")).toContainText("Completed “Bin”. Next: Tomorrow.");
});

test("an older occurrence that is opened on its page does not repeat any more, and the series goes on", { tag: "@plain" }, async ({
  person,
}) => {
  const recurrence = { rrule: "FREQ=WEEKLY;BYDAY=MO", anchor: "due" };
  const page = await taskPage(person, { title: "Bin", due: { date: "2030-03-04" }, recurrence });
  const address = page.url();
  await page.getByRole("button", { name: "Complete", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("Next: Mon 11 Mar 2030");
  await page.goto("/tasks");
  await page.getByRole("button", { name: "Complete: Bin" }).click();
  await expect(page.getByRole("status")).toContainText("Next: Mon 18 Mar 2030");
  await page.goto(address);
  await page.getByRole("button", { name: "Open again" }).click();
  await expect(page.getByRole("button", { name: "Complete", exact: true })).toBeVisible();
  await expect(page.getByLabel("Repeat", { exact: true })).toHaveValue("");
  await page.goto("/tasks");
  await expect(taskRow(page, "Bin")).toHaveCount(2);
  await expect(page.getByText("Mon 18 Mar 2030")).toBeVisible();
});
