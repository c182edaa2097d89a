import { addBox, createTasks, expect, taskRows, test, titleLink } from "../support/pages.ts";

test("search finds words of titles, labels and notes, best first, at a URL that can be bookmarked", { tag: "@core" }, async ({
  person,
  stranger,
}) => {
  const { page } = person;
  await createTasks(person, [
    { title: "Call the bank", notes: "about the rental car" },
    { title: "Pay rent" },
    { title: "Ask", labels: ["rent"] },
  ]);
  await createTasks(stranger, [{ title: "Rent of somebody else" }]);
  await page.goto("/tasks");
  await page.getByRole("searchbox", { name: "Search your tasks" }).fill("ren");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL("/tasks?q=ren");
  await expect(taskRows(page).getByRole("link")).toHaveText(["Pay rent", "Ask", "Call the bank"]);
  await page.goto("/tasks?q=rent+pay");
  await expect(taskRows(page).getByRole("link")).toHaveText(["Pay rent"]);
  await page.goto("/tasks?q=%26+%7C+%21");
  await expect(page.getByText("No tasks match")).toBeVisible();
});

test("the search box has the focus during a search only", async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent" }]);
  const box = page.getByRole("searchbox", { name: "Search your tasks" });
  await page.goto("/tasks?q=");
  await expect(box).toBeFocused();
  await box.fill("rent");
  await box.press("Enter");
  await expect(page).toHaveURL("/tasks?q=rent");
  await expect(titleLink(page, "Pay rent")).toBeVisible();
  await expect(box).toBeFocused();
  await titleLink(page, "Pay rent").click();
  await expect(page.getByLabel("Title")).toBeFocused();
  await page.goto("/tasks");
  await expect(addBox(page)).toBeVisible();
  await expect(box).not.toBeFocused();
});
