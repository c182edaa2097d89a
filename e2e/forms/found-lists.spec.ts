import { expect, makeList, section, test } from "../support/pages.ts";

test("a search finds lists, above the tasks", async ({ person }) => {
  const { page } = person;
  await makeList(page, "Crème recipes");
  await page.goto("/tasks?q=creme");
  await section(page, "Lists").getByRole("link", { name: "Crème recipes" }).click();
  await expect(page).toHaveURL(/\/lists\//);
  await page.goto("/tasks?q=nothing");
  await expect(page.getByText("No tasks match")).toBeVisible();
  await expect(section(page, "Lists")).toHaveCount(0);
});
