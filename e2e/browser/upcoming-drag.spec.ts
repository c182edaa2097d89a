import type { Page } from "@playwright/test";
import { createTasks, dueIn, expect, holdRequests, hydrated, type Person, section, taskRow, test, titleLink } from "../support/pages.ts";
import { bearer, sessionToken } from "../support/test.ts";

test("a row is dragged to an empty day before the server responds, and reverted by Undo or on failure", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent", due: { ...dueIn(3), time: "09:30" } }]);
  await page.goto("/upcoming");
  await hydrated(page);
  const [before, after] = [section(page, dayName(3)), section(page, dayName(5))];
  const release = await holdRequests(page);
  await dragTo(page, "Pay rent", 5);
  await expect(after.getByRole("link")).toHaveText(["Pay rent"]);
  await expect(before).toHaveCount(0);
  release();
  await expect(page.getByRole("status")).toContainText(`Moved “Pay rent” to ${dayName(5)}.`);
  await expect(taskRow(page, "Pay rent")).toHaveText("Pay rent09:30");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(before.getByRole("link")).toHaveText(["Pay rent"]);
  await page.route("**/*.data*", (route) => route.abort());
  await dragTo(page, "Pay rent", 1);
  await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.");
  await expect(before.getByRole("link")).toHaveText(["Pay rent"]);
});

test("a dragged task is due on the day where it was dropped, at its time in its own zone", async ({ person }) => {
  const { page } = person;
  // In UTC, the user's zone, this is the evening before.
  const due = { time: "09:30", timezone: "Pacific/Kiritimati" };
  const [id] = await createTasks(person, [
    { title: "Call", due: { ...due, ...dueIn(4) } },
    { title: "Walk", due: dueIn(6) },
  ]);
  await page.goto("/upcoming");
  await hydrated(page);
  await expect(section(page, dayName(3)).getByRole("link")).toHaveText(["Call"]);
  await dragTo(page, "Call", 6);
  await expect(page.getByRole("status")).toContainText("Moved “Call”");
  await expect(section(page, dayName(6)).getByRole("link")).toHaveText(["Call", "Walk"]);
  expect(await taskOf(person, id)).toMatchObject({ due: { ...due, ...dueIn(7) } });
});

test("a repeating task that is dragged to another day and completed there keeps its rhythm", async ({ person }) => {
  const { page } = person;
  const monday = 8 - Temporal.Now.plainDateISO("UTC").dayOfWeek;
  const recurrence = { rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", anchor: "due" };
  await createTasks(person, [{ title: "Bin", due: dueIn(monday), recurrence }]);
  // All of the fourteen days.
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 1280, height: 1200 });
  await page.goto("/upcoming");
  await hydrated(page);
  // A week in which the rule has no day: counted from there, the next one would be a week later.
  await dragTo(page, "Bin", monday + 7);
  await expect(page.getByRole("status")).toContainText(`Moved “Bin” to ${dayName(monday + 7)}.`);
  await page.getByRole("button", { name: "Complete: Bin" }).click();
  await expect(page.getByRole("status")).toContainText(`Next: ${dayName(monday + 14)}`);
});

/** Drops the row on the day that is so many days from today. */
async function dragTo(page: Page, title: string, days: number): Promise<void> {
  const day = page.locator(`[data-day="${dueIn(days).date}"]`);
  await expect(taskRow(page, title)).toHaveAttribute("draggable", "true");
  await titleLink(page, title).hover();
  await page.mouse.down();
  const { x = 0, y = 0 } = (await day.boundingBox()) ?? {};
  await page.mouse.move(x + 150, y + 30, { steps: 5 });
  await page.mouse.move(x + 150, y + 8, { steps: 5 });
  await expect(day).toHaveAttribute("data-drop");
  await page.mouse.up();
  await expect(page.locator("[data-drop]")).toHaveCount(0);
}

/** As pages write a day later than tomorrow. */
function dayName(days: number): string {
  const today = Temporal.Now.plainDateISO("UTC");
  const day = today.add({ days });
  const [weekday, month] = [{ weekday: "short" }, { month: "short" }].map((part) => day.toLocaleString("en-GB", part as object));
  return `${weekday} ${day.day} ${month}${day.year === today.year ? "" : ` ${day.year}`}`;
}

async function taskOf({ page, id }: Person, taskId: string | undefined): Promise<object> {
  const answer = await page.request.get(`/api/${id}/tasks/${taskId}`, { headers: bearer(await sessionToken(page.request)) });
  return answer.json();
}
