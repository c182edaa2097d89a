import { addBox, createTasks, expect, hydrated, test, titleLink } from "../support/pages.ts";

test.beforeEach(({ javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "Keys that are not the browser's own need scripts.");
});

test("keys go through a list, complete, and take back", async ({ person }) => {
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

test("while somebody types, keys are letters", async ({ person: { page } }) => {
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
  test(`${key} opens the row that has the focus at its ${label}, and saving gives the row the focus back`, async ({ person }) => {
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

test("the sheet names every key", async ({ person: { page } }) => {
  await hydrated(page);
  await page.keyboard.press("?");
  const keys = await page.getByRole("dialog", { name: "Keys" }).getByRole("term").allTextContents();
  for (const key of ["q", "/", "j  k", "c", "e  Enter", "d", "p", "l", "m", "Delete", "z", "g t", "g u", "g i", "g a", "?", "Ctrl K  ⌘ K"])
    expect(keys).toContain(key);
});
