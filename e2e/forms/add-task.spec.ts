import {
  addBox,
  addTask,
  expect,
  expectNoSidewaysScroll,
  holdAnswers,
  hydrated,
  taskRow,
  taskRows,
  test,
  titleLink,
} from "../support/pages.ts";

test("Enter adds a task, empties the box, and a reload keeps the task", { tag: ["@noscript", "@core"] }, async ({ person: { page } }) => {
  await addTask(page, "Pay rent");
  await expect(addBox(page)).toHaveValue("");
  await expect(page.getByRole("status")).toContainText("Task added.");
  await addTask(page, "Call the dentist");
  await page.reload();
  await expect(taskRows(page)).toHaveText(["Pay rent", "Call the dentist"]);
});

test("the Add button adds a task", async ({ person: { page } }) => {
  await addBox(page).fill("Pay rent");
  await page.getByRole("button", { name: "Add" }).click();
  await expect(titleLink(page, "Pay rent")).toBeVisible();
});

test("More contains notes, a day and a priority", async ({ person: { page } }) => {
  await addBox(page).fill("Renew passport");
  await page.getByText("More").click();
  await page.getByLabel("Notes").fill("Take the old one\nand a photo");
  await page.getByLabel("Due").fill("2031-03-04");
  await page.getByLabel("Priority").selectOption("High");
  await page.getByRole("button", { name: "Add" }).click();
  const row = taskRow(page, "Renew passport");
  await expect(row).toContainText("Tue 4 Mar 2031");
  await expect(row).toContainText("Take the old one");
  await expect(row).not.toContainText("and a photo");
  await titleLink(page, "Renew passport").click();
  await expect(page.getByLabel("Notes").last()).toHaveValue("Take the old one\nand a photo");
  await expect(page.getByLabel("Priority").last()).toHaveValue("3");
  await expect(page.getByLabel("Due").last()).toHaveValue("2031-03-04");
});

test("the fields under More are empty again for the next task", async ({ person: { page } }) => {
  await page.getByText("More").click();
  await page.getByLabel("Notes").fill("Only for the first");
  await page.getByLabel("Priority").selectOption("Low");
  await addTask(page, "First");
  await expect(page.getByLabel("Notes")).toHaveValue("");
  await expect(page.getByLabel("Priority")).toHaveValue("0");
});

test("the browser itself rejects an empty title", { tag: "@noscript" }, async ({ person: { page } }) => {
  await page.getByRole("button", { name: "Add" }).click();
  await expect(addBox(page)).toBeFocused();
  await expect(addBox(page)).toHaveJSProperty("validity.valueMissing", true);
  await expect(page.getByText("Nothing to do")).toBeVisible();
});

test("a title of spaces is rejected, and the fields under More are kept and shown", async ({ person: { page } }) => {
  await page.getByText("More").click();
  await page.getByLabel("Notes").fill("Something to remember");
  await page.getByLabel("Due").fill("2031-03-04");
  await page.getByLabel("Priority").selectOption("Medium");
  await addBox(page).fill("   ");
  await addBox(page).press("Enter");
  await expect(addBox(page)).toHaveAccessibleDescription("must not be empty");
  await expect(page.getByLabel("Notes")).toBeVisible();
  await expect(page.getByLabel("Notes")).toHaveValue("Something to remember");
  await expect(page.getByLabel("Due")).toHaveValue("2031-03-04");
  await expect(page.getByLabel("Priority")).toHaveValue("2");
  await addTask(page, "Now it has a title");
  await expect(taskRow(page, "Now it has a title")).toContainText("Something to remember");
  await expect(addBox(page)).toHaveAccessibleDescription("");
});

test("a title may have 500 characters; a longer one is rejected and kept", async ({ person: { page } }) => {
  const long = "ü".repeat(501);
  await addBox(page).fill(long);
  await addBox(page).press("Enter");
  await expect(addBox(page)).toHaveAccessibleDescription("must have at most 500 characters");
  await expect(addBox(page)).toHaveValue(long);
  await addTask(page, long.slice(1));
});

test("HTML in a title and in notes is shown as text", async ({ person: { page } }) => {
  const title = `<img src=x onerror=alert(1)> & <b>bold</b> "quoted"`;
  await page.getByText("More").click();
  await page.getByLabel("Notes").fill("</textarea><script>alert(1)</script>");
  await addTask(page, title);
  await expect(taskRow(page, title)).toContainText("</textarea><script>alert(1)</script>");
  await expect(page.getByRole("main").getByRole("img")).toHaveCount(0);
  await titleLink(page, title).click();
  await expect(page.getByLabel("Title")).toHaveValue(title);
  await expect(page.getByLabel("Notes").last()).toHaveValue("</textarea><script>alert(1)</script>");
});

test("a very long word wraps on a small phone", { tag: "@browser" }, async ({ person: { page } }) => {
  await page.setViewportSize({ width: 360, height: 720 });
  await page.getByText("More").click();
  await page.getByLabel("Notes").fill("n".repeat(3000));
  await page.getByLabel("Due").fill("2031-03-04");
  await addTask(page, "W".repeat(300));
  await expectNoSidewaysScroll(page);
  await titleLink(page, "W".repeat(300)).click();
  await expect(page.getByLabel("Title")).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test("two clicks on Add create one task", { tag: ["@browser", "@core"] }, async ({ person: { page } }) => {
  await hydrated(page);
  await addBox(page).fill("Once");
  await holdAnswers(page);
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByRole("button", { name: "Add" }).click();
  await expect(titleLink(page, "Once").first()).toBeVisible();
  await addTask(page, "Afterwards");
  await page.reload();
  await expect(taskRows(page)).toHaveText(["Once", "Afterwards"]);
});

test("without scripts two clicks on Add also create one task", { tag: ["@plain", "@noscript"] }, async ({ person: { page } }) => {
  await addBox(page).fill("Once");
  const form = { intent: "create", title: "Once", id: await page.locator("form:has(input[name=title]) input[name=id]").inputValue() };
  await page.getByRole("button", { name: "Add", exact: true }).dblclick();
  await expect(titleLink(page, "Once")).toHaveCount(1);
  await page.request.post("/tasks", { form, headers: { Origin: new URL(page.url()).origin } });
  await addTask(page, "Afterwards");
  await addTask(page, "Once more");
  await page.reload();
  await expect(taskRows(page)).toHaveText(["Once", "Afterwards", "Once more"]);
});
