import type { Page } from "@playwright/test";
import { addBox, atDesk, createTasks, dueIn, expect, hydrated, makeList, section, test, titleLink } from "../support/pages.ts";

test("the side bar and the bottom bar link to the search", { tag: ["@noscript", "@plain"] }, async ({ person: { page } }) => {
  await atDesk(page);
  await page.goto("/today");
  await page.getByRole("link", { name: "Search or jump to…" }).click();
  await expect(page.getByRole("searchbox", { name: "Search your tasks" })).toBeVisible();
  await page.setViewportSize({ width: 360, height: 720 });
  await page.goto("/today");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Search" }).click();
  await expect(page.getByRole("searchbox", { name: "Search your tasks" })).toBeVisible();
});

test.describe("with scripts", () => {
  function palette(page: Page) {
    return page.getByRole("dialog", { name: "Search or jump to" });
  }

  async function type(page: Page, text: string): Promise<void> {
    // A closing palette remains for a moment, and the same keys would only close it.
    await expect(palette(page)).toHaveCount(0);
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette(page).getByRole("combobox")).toBeFocused();
    await page.keyboard.type(text);
  }

  test("the long name of a list leaves room for the task", async ({ person }) => {
    const { page } = person;
    await page.setViewportSize({ width: 360, height: 720 });
    await makeList(page, "Garden ".repeat(14).trim());
    const listId = new URL(page.url()).pathname.split("/").pop();
    await createTasks(person, [{ title: "Repot the fig", list_id: listId }]);
    await page.goto("/today");
    await hydrated(page);
    await type(page, "repot");
    const title = palette(page).getByRole("option").getByText("Repot the fig");
    await expect(title).toBeVisible();
    expect(await title.evaluate(({ clientWidth, scrollWidth }) => scrollWidth - clientWidth)).toBe(0);
  });

  test("the palette opens views and lists, and returns the focus when closed", async ({ person: { page } }) => {
    await makeList(page, "Garden");
    await page.goto("/today");
    await hydrated(page);
    await type(page, "gard");
    await expect(palette(page).getByRole("option", { selected: true })).toHaveText("Garden");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Garden", level: 1 })).toBeVisible();
    await expect(page.getByRole("main")).toBeFocused();
    const inbox = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Inbox" });
    await inbox.focus();
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(palette(page)).toHaveCount(0);
    await expect(inbox).toBeFocused();
  });

  test("the palette finds a task by its words, and opens it", { tag: "@core" }, async ({ person, stranger }) => {
    const { page } = person;
    await createTasks(person, [{ title: "Renew passport", notes: "Take a photo" }, { title: "Pay rent" }]);
    await createTasks(stranger, [{ title: "Passport of somebody else" }]);
    await page.goto("/today");
    await hydrated(page);
    await type(page, "passp");
    await expect(palette(page).getByRole("group", { name: "Tasks" }).getByRole("option")).toHaveText(["Renew passport"]);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Renew passport", level: 1 })).toBeVisible();
  });

  test.describe("when nothing of it was fetched before", () => {
    test.use({ sharesContext: false });

    test("the palette reports a failed request and keeps the typed text", async ({ person: { page } }) => {
      await hydrated(page);
      await addBox(page).fill("Half typed");
      await page.context().setOffline(true);
      await page.keyboard.press("ControlOrMeta+k");
      await expect(page.getByRole("status")).toHaveText("That did not reach the server. Try again.");
      await expect(addBox(page)).toHaveValue("Half typed");
      await page.context().setOffline(false);
      await page.keyboard.press("ControlOrMeta+k");
      await expect(palette(page)).toBeVisible();
    });
  });

  test("the palette ignores an outdated response", async ({ person }) => {
    const { page } = person;
    await createTasks(person, [{ title: "Apple" }, { title: "Banana" }]);
    await page.goto("/today");
    await hydrated(page);
    await page.keyboard.press("ControlOrMeta+k");
    const box = palette(page).getByRole("combobox");
    const asked = page.waitForRequest(/\/find\?q=appl$/);
    await page.route(/\/find\?q=appl$/, async (route) => {
      await page.waitForResponse(/\/find\?q=banana$/);
      await route.continue().catch(() => undefined);
    });
    await box.fill("appl");
    await asked;
    await box.fill("banana");
    await expect(palette(page).getByRole("group", { name: "Tasks" }).getByRole("option")).toHaveText(["Banana"]);
  });

  test("arrow keys wrap around, and aria-activedescendant names the current option", async ({ person: { page } }) => {
    await hydrated(page);
    await type(page, "theme");
    const options = palette(page).getByRole("option");
    await expect(options).toHaveText(["Theme: light", "Theme: dark", "Theme: as the system", "Search everything for “theme”"]);
    await page.keyboard.press("ArrowUp");
    const current = palette(page).getByRole("option", { selected: true });
    await expect(current).toHaveText("Search everything for “theme”");
    await expect(palette(page).getByRole("combobox")).toHaveAttribute("aria-activedescendant", (await current.getAttribute("id")) ?? "");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(current).toHaveText("Theme: dark");
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  test("the palette moves overdue tasks, undoes, starts a task, shows the shortcuts and logs out", async ({ person }) => {
    const { page } = person;
    await createTasks(person, [{ title: "Late", due: dueIn(-3) }]);
    await page.goto("/settings");
    await hydrated(page);
    await type(page, "overdue");
    await page.keyboard.press("Enter");
    await expect(section(page, "Today").getByRole("link", { name: "Late" })).toBeVisible();
    await type(page, "undo");
    await page.keyboard.press("Enter");
    await expect(section(page, "Overdue").getByRole("link", { name: "Late" })).toBeVisible();
    await page.goto("/trash");
    await hydrated(page);
    await type(page, "add a task");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "Add a task" })).toBeFocused();
    await type(page, "keys all");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    await page.keyboard.press("Escape");
    await type(page, "sign out");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/(login)?$/);
  });

  test("the palette works with the mouse, and a click outside closes it", async ({ person: { page } }) => {
    await page.goto("/today");
    await hydrated(page);
    const search = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Search/ });
    await search.click();
    await palette(page).getByRole("option", { name: "Upcoming" }).click();
    await expect(page).toHaveURL("/upcoming");
    await search.click();
    await expect(palette(page)).toBeVisible();
    await page.mouse.click(2, 700);
    await expect(palette(page)).toHaveCount(0);
  });

  test("the link to the search page keeps the typed words", async ({ person }) => {
    const { page } = person;
    await createTasks(person, [{ title: "Renew passport" }]);
    await page.goto("/today");
    await hydrated(page);
    await type(page, "passport");
    await palette(page).getByRole("option", { name: "Search everything for “passport”" }).click();
    await expect(page).toHaveURL("/tasks?q=passport");
    await expect(titleLink(page, "Renew passport")).toBeVisible();
  });

  test("the palette's shortcut also closes it and returns the focus", async ({ person: { page } }) => {
    await page.goto("/today");
    await hydrated(page);
    const inbox = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Inbox" });
    await inbox.focus();
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette(page).getByRole("combobox")).toBeFocused();
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette(page)).toHaveCount(0);
    await expect(inbox).toBeFocused();
  });

  test("until the server responds, only matching options remain", async ({ person }) => {
    const { page } = person;
    await createTasks(person, [{ title: "Red apple" }, { title: "Red pear", notes: "Not an apple" }]);
    await page.goto("/today");
    await hydrated(page);
    await type(page, "red");
    const found = palette(page).getByRole("group", { name: "Tasks" }).getByRole("option");
    await expect(found).toHaveText(["Red apple", "Red pear"]);
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route(/\/find\?q=red\+ap$/, async (route) => {
      await promise;
      await route.continue();
    });
    await page.keyboard.type(" ap");
    await expect(found).toHaveText(["Red apple"]);
    resolve();
    await expect(found).toHaveText(["Red apple", "Red pear"]);
  });
});
