import type { Page } from "@playwright/test";
import { addBox, expect, hydrated, makeList, section, taskRow, taskRows, test, titleLink } from "../support/pages.ts";

/** A synthetic paste event, because all tests share the system clipboard. */
async function paste(page: Page, text: string): Promise<void> {
  await addBox(page).focus();
  await addBox(page).evaluate((box, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", pasted);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test("pasted lines become tasks, indented ones subtasks, and Undo removes all of them", { tag: "@core" }, async ({ person: { page } }) => {
  await makeList(page, "Home");
  await hydrated(page);
  await paste(page, "- Trip to Porto #travel\n  - [ ] Book the train\n- Water the plants every 3 days\n\n");
  const offer = page.getByRole("group", { name: "One task a line" });
  await expect(offer.getByRole("listitem")).toHaveText(["Trip to Porto#travel", "Book the train", /^Water the plants.*Every 3 days/]);
  await expect(offer.getByRole("button", { name: "Add 3 tasks" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(taskRows(page)).toHaveText([/^Trip to Porto.*#travel.*0 of 1/, /^Water the plants.*Every 3 days/]);
  await expect(page.getByRole("status")).toContainText("Tasks added.");
  await expect(addBox(page)).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(taskRows(page)).toHaveCount(0);
});

test("a pasted line with a ticked checkbox is a done task", async ({ person: { page } }) => {
  await page.goto("/tasks?status=all");
  await hydrated(page);
  await paste(page, "- [ ] Milk\n- [x] Bread");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Complete: Milk" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Reopen: Bread" })).toBeVisible();
});

test("pasted tasks get the fields that the page implies, subtasks do not", async ({ person: { page } }) => {
  await page.goto("/today");
  await hydrated(page);
  await paste(page, "Call Ann\n  Find her number\nCall Ben tomorrow");
  await expect(page.getByRole("button", { name: "Keep “tomorrow” as words" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(
    section(page, "Today")
      .getByRole("listitem")
      .filter({ has: page.getByRole("link") }),
  ).toHaveText([/^Call Ann/]);
  await page.goto("/upcoming");
  await expect(titleLink(page, "Call Ben")).toBeVisible();
});

test("a chip in a pasted line can be turned back into words", async ({ person: { page } }) => {
  await hydrated(page);
  await paste(page, "Call Ann #phone\nCall Ben #phone");
  const offer = page.getByRole("group", { name: "One task a line" });
  await offer.getByRole("button", { name: "Keep “#phone” as words" }).last().click();
  await expect(offer.getByRole("listitem")).toHaveText(["Call Ann#phone", "Call Ben #phone"]);
  await expect(offer.getByRole("button", { name: "Keep “#phone” as words" })).toHaveCount(1);
  await page.getByRole("button", { name: "Add 2 tasks" }).click();
  await expect(titleLink(page, "Call Ben #phone")).toBeVisible();
  await expect(taskRow(page, "Call Ann")).toHaveText("Call Ann#phone");
});

test("pasted lines can also become one task, or be discarded", async ({ person: { page } }) => {
  await hydrated(page);
  await addBox(page).fill("Buy ");
  await addBox(page).press("End");
  await paste(page, "milk\n bread");
  await page.getByRole("button", { name: "As one task" }).click();
  await expect(addBox(page)).toHaveValue("Buy milk bread");
  await expect(addBox(page)).toBeFocused();
  await addBox(page).fill("");
  await paste(page, "milk\nbread");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("group", { name: "One task a line" })).toHaveCount(0);
  await expect(addBox(page)).toBeFocused();
  await paste(page, "one line\n");
  await expect(page.getByRole("group", { name: "One task a line" })).toHaveCount(0);
});

test("a line that is too long for a title is named, and nothing is added or lost", async ({ person: { page } }) => {
  await hydrated(page);
  await paste(page, `Milk\n${"x".repeat(501)}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Line 2 must have at most 500 characters")).toBeVisible();
  await expect(page.getByRole("group", { name: "One task a line" }).getByRole("listitem")).toHaveCount(2);
  await expect(taskRows(page)).toHaveCount(0);
});
