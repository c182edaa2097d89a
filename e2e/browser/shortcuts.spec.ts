import { addBox, createTasks, dueIn, editTask, expect, hydrated, taskRows, test, titleLink } from "../support/pages.ts";

test("keys move through a list, complete and undo", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one" }, { title: "two" }]);
  await page.goto("/tasks");
  await hydrated(page);
  await page.keyboard.press("j");
  await expect(titleLink(page, "one")).toBeFocused();
  await page.keyboard.press("j");
  await expect(titleLink(page, "two")).toBeFocused();
  await page.keyboard.press("k");
  await page.keyboard.press("c");
  await expect(titleLink(page, "one")).toHaveCount(0);
  await page.keyboard.press("z");
  await expect(titleLink(page, "one")).toBeVisible();
});

test("with tasks selected, keys act on all of them and not on the focused one", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one" }, { title: "two" }, { title: "three" }, { title: "four" }]);
  await page.goto("/inbox");
  await hydrated(page);
  const status = page.getByRole("status");
  for (const key of ["j", "x", "j", "x", "j", "d"]) await page.keyboard.press(key);
  await page.locator(":popover-open").getByRole("button", { name: "Tomorrow" }).press("Enter");
  await expect(status).toContainText("Moved 2 tasks to Tomorrow.");
  await expect(titleLink(page, "three")).toBeFocused();
  await page.keyboard.press("x");
  for (const [key, menu] of [
    ["p", "selection-priority"],
    ["m", "selection-list"],
    ["l", "selection-label"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.locator(`#${menu}:popover-open`)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(titleLink(page, "three")).toBeFocused();
  }
  await page.keyboard.press("x");
  for (const key of ["k", "k", "x", "j", "x", "j", "Delete"]) await page.keyboard.press(key);
  await expect(status).toContainText("Deleted 2 tasks.");
  await expect(taskRows(page)).toHaveText(["three", "four"]);
  for (const key of ["x", "c"]) await page.keyboard.press(key);
  await expect(status).toContainText("Completed “three”.");
});

test("keys work on a keyboard without Latin letters, and with Caps Lock", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one" }, { title: "two" }]);
  await page.goto("/inbox");
  await hydrated(page);
  const press = (key: string, code: string) =>
    page.evaluate((init) => document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true })), { key, code });
  await press("о", "KeyJ");
  await expect(titleLink(page, "one")).toBeFocused();
  await press("J", "KeyJ");
  await expect(titleLink(page, "two")).toBeFocused();
  await press("с", "KeyC");
  await expect(titleLink(page, "two")).toHaveCount(0);
  await press("я", "KeyZ");
  await expect(titleLink(page, "two")).toBeVisible();
});

test("a message links to what left the page", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent", due: dueIn(0) }]);
  await page.goto("/today");
  await hydrated(page);
  for (const key of ["j", "x", "d"]) await page.keyboard.press(key);
  await page.locator(":popover-open").getByRole("button", { name: "Tomorrow" }).click();
  await expect(page.getByRole("status")).toContainText("Moved “Pay rent” to Tomorrow.");
  await page.getByRole("link", { name: "Show" }).click();
  const heading = page.getByRole("heading", { name: "Pay rent", level: 1 });
  await expect(heading).toBeFocused();
  await expect(page.getByRole("link", { name: "Show" })).toHaveCount(0);
});

test("g and a letter go to a place, and ? shows the keys", async ({ person: { page } }) => {
  await hydrated(page);
  await page.keyboard.press("g");
  await page.keyboard.press("u");
  await expect(page).toHaveURL("/upcoming");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search your tasks" })).toBeFocused();
});

test("shortcuts do nothing in a text field", async ({ person: { page } }) => {
  await hydrated(page);
  await page.keyboard.press("q");
  await expect(addBox(page)).toBeFocused();
  await page.keyboard.type("quick jog? g t");
  await expect(addBox(page)).toHaveValue("quick jog? g t");
  await expect(page).toHaveURL("/tasks");
});

for (const [key, label] of [
  ["d", "Due"],
  ["p", "Priority"],
  ["l", "Labels"],
  ["m", "List"],
] as const) {
  test(`${key} edits the focused row's ${label}, and saving returns the focus to the row`, async ({ person }) => {
    const { page } = person;
    await createTasks(person, [{ title: "one" }, { title: "two" }]);
    await page.goto("/tasks");
    await hydrated(page);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await expect(titleLink(page, "two")).toBeFocused();
    await page.keyboard.press(key);
    const editor = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Save" }) });
    await expect(editor.getByLabel("Title")).toHaveValue("two");
    await expect(editor.getByLabel(label, { exact: true })).toBeFocused();
    await editor.getByRole("button", { name: "Save" }).click();
    await expect(titleLink(page, "two")).toBeFocused();
  });
}

test("a held key acts once, except j, which repeats", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one" }, { title: "two" }, { title: "three" }]);
  await page.goto("/tasks");
  await hydrated(page);
  await page.keyboard.down("j");
  await page.keyboard.down("j");
  await page.keyboard.up("j");
  await expect(titleLink(page, "two")).toBeFocused();
  const box = page.getByRole("checkbox", { name: "Select: two" });
  await page.keyboard.down("x");
  await page.keyboard.down("x");
  await page.keyboard.up("x");
  await expect(box).toBeChecked();
});

test("j skips an open editor, and shortcuts do nothing in it", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "one" }, { title: "two" }, { title: "three" }]);
  await page.goto("/tasks");
  await hydrated(page);
  const editor = await editTask(page, "two");
  await editor.getByRole("button", { name: "Save" }).focus();
  await page.keyboard.press("Delete");
  await page.keyboard.press("j");
  await expect(titleLink(page, "one")).toBeFocused();
  await page.keyboard.press("j");
  await expect(titleLink(page, "three")).toBeFocused();
  await expect(editor).toBeVisible();
});

test("q focuses the box for a new task, and does nothing on a page without one", async ({ person }) => {
  const { page } = person;
  const [task] = await createTasks(person, [{ title: "one" }]);
  await page.goto(`/task/${task}`);
  await hydrated(page);
  await page.keyboard.press("q");
  await expect(page.getByLabel("Title")).not.toBeFocused();
  await page.goto("/inbox");
  await hydrated(page);
  await page.keyboard.press("q");
  await expect(addBox(page)).toBeFocused();
});

test("the sheet of shortcuts lists every key", async ({ person: { page } }) => {
  await hydrated(page);
  await page.keyboard.press("?");
  const keys = await page.getByRole("dialog", { name: "Keys" }).getByRole("term").allTextContents();
  for (const key of ["q", "/", "j  k", "c", "e  Enter", "d", "p", "l", "m", "Delete", "z", "g t", "g u", "g i", "g a", "?", "Ctrl K  ⌘ K"])
    expect(keys).toContain(key);
});

test("the sheet of shortcuts can be closed by its button repeatedly", async ({ person: { page } }) => {
  await hydrated(page);
  for (let time = 0; time < 2; time++) {
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).getByRole("button", { name: "Close" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});
