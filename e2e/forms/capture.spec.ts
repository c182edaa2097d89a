import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { addBox, addTask, expect, hydrated, makeList, taskRow, test, titleLink } from "../support/pages.ts";

function keepButtons(page: Page) {
  return page.getByRole("button", { name: /^Keep “.*” as words$/ });
}

test.describe("with scripts", { tag: "@browser" }, () => {
  test("Enter saves what the chips show", { tag: "@core" }, async ({ person: { page } }) => {
    await makeList(page, "Home");
    await page.goto("/tasks");
    await hydrated(page);
    await addBox(page).fill("Water the plants every 3 days +Home #green !2");
    await expect(keepButtons(page)).toHaveCount(4);
    await expect(page.getByText("Every 3 days")).toBeVisible();
    await addBox(page).press("Enter");
    await expect(taskRow(page, "Water the plants")).toContainText("Every 3 days");
    await expect(taskRow(page, "Water the plants")).toContainText("Home#green");
    await expect(addBox(page)).toHaveValue("");
    await expect(addBox(page)).toBeFocused();
    await expect(keepButtons(page)).toHaveCount(0);
  });

  test("× turns a chip back into words", async ({ person: { page } }) => {
    await hydrated(page);
    await addBox(page).fill("Read tomorrow today #books");
    await expect(page.getByRole("button", { name: "Keep “#books” as words" })).toBeVisible();
    await page.getByRole("button", { name: "Keep “#books” as words" }).click();
    await expect(page.getByRole("button", { name: "Keep “#books” as words" })).toHaveCount(0);
    await expect(addBox(page)).toBeFocused();
    await addBox(page).press("Enter");
    await expect(page.getByRole("main").getByRole("link", { name: /#books$/ })).toBeVisible();
  });

  test("Escape turns the last chip back into words, and the next Escape the one before it", async ({ person: { page } }) => {
    await hydrated(page);
    await addBox(page).fill("Call Ann tomorrow #phone");
    await expect(keepButtons(page)).toHaveCount(2);
    await addBox(page).press("Escape");
    await expect(keepButtons(page)).toHaveCount(1);
    await addBox(page).press("Escape");
    await expect(keepButtons(page)).toHaveCount(0);
    await addBox(page).press("Enter");
    await expect(taskRow(page, "Call Ann tomorrow #phone")).toHaveText("Call Ann tomorrow #phone");
  });

  test("text typed too fast to become chips is saved unchanged", async ({ person: { page } }) => {
    await hydrated(page);
    await page.route(/\/capture\?/, async (route) => {
      await delay(1000);
      await route.continue().catch(() => undefined);
    });
    await addTask(page, "Call Ann tomorrow #phone");
    await expect(taskRow(page, "Call Ann tomorrow #phone")).toHaveText("Call Ann tomorrow #phone");
  });

  for (const text of ["The 5th Wave", "check money", "Renovation 2nd floor", "C# + Go @home"]) {
    test(`“${text}” is not turned into chips`, async ({ person: { page } }) => {
      await hydrated(page);
      const answered = page.waitForResponse(/\/capture\?/);
      await addBox(page).fill(text);
      await answered;
      await addBox(page).press("Enter");
      await expect(titleLink(page, text)).toBeVisible();
      await expect(taskRow(page, text)).toHaveText(text);
    });
  }

  test("quoted words do not become chips", async ({ person: { page } }) => {
    await hydrated(page);
    const answered = page.waitForResponse(/\/capture\?/);
    await addBox(page).fill('Watch "Tomorrow" #film');
    await answered;
    await expect(keepButtons(page)).toHaveCount(1);
    await addBox(page).press("Enter");
    await expect(page.getByRole("main").getByRole("link", { name: /Tomorrow/ })).toBeVisible();
    await expect(page.getByRole("main").getByText("#film")).toHaveCount(2);
  });

  test("chips of one task do not apply to the next", async ({ person: { page } }) => {
    await hydrated(page);
    await addBox(page).fill("Call Ann #phone");
    await expect(keepButtons(page)).toHaveCount(1);
    await addBox(page).press("Escape");
    await addBox(page).press("Enter");
    await expect(titleLink(page, "Call Ann #phone")).toBeVisible();
    await addBox(page).fill("Call Ben #phone");
    await expect(keepButtons(page)).toHaveCount(1);
    await addBox(page).press("Enter");
    await expect(taskRow(page, "Call Ben")).toHaveText("Call Ben#phone");
  });
});

test("without scripts the text is the title, and the fields under More set the rest", { tag: ["@plain", "@noscript"] }, async ({
  person: { page },
}) => {
  await addTask(page, "Call Ann tomorrow #phone !1");
  await page.reload();
  await expect(taskRow(page, "Call Ann tomorrow #phone !1")).toHaveText("Call Ann tomorrow #phone !1");
  await page.getByText("More").click();
  await page.getByLabel("Labels").fill("phone");
  await page.getByLabel("Due").fill("2031-03-04");
  await page.getByLabel("Time").fill("09:30");
  await addTask(page, "Call Ben");
  await expect(taskRow(page, "Call Ben")).toHaveText("Call BenTue 4 Mar 2031 09:30#phone");
});
