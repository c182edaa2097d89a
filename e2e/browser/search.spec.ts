import { createTasks, expect, taskRows, test } from "../support/pages.ts";

test("search finds words of titles, labels and notes, the best first, in an address that can be kept", async ({ person, stranger }) => {
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
  await expect(page.getByText("Nothing found")).toBeVisible();
});
