import { addBox, createTasks, dueIn, expect, hydrated, type Person, taskRows, test, titleLink } from "../support/pages.ts";

test.use({ sharesContext: false });

/** Bytes of JavaScript as transferred. */
const BUDGET = 150_000;

async function fullDay(person: Person): Promise<void> {
  const tasks = Array.from({ length: 50 }, (_, index) => ({
    title: `Task ${index + 1}`,
    due: dueIn(index % 5 === 0 ? -1 : 0),
    priority: index % 4,
    labels: index % 3 === 0 ? ["errand"] : [],
    notes: index % 7 === 0 ? "Bring the old one" : "",
  }));
  await createTasks(person, tasks);
}

test("a page of 50 tasks loads little JavaScript and nothing third-party, without shifts", { tag: "@core" }, async ({ person, server }) => {
  test.slow();
  const { page } = person;
  await fullDay(person);
  await page.goto("about:blank");
  await page.addInitScript(() => {
    const moved: number[] = [];
    Object.assign(window, { moved });
    new PerformanceObserver((list) =>
      moved.push(...list.getEntries().map((entry) => (entry as unknown as { value: number }).value)),
    ).observe({
      type: "layout-shift",
      buffered: true,
    });
  });
  const sizes: Promise<{ url: string; encoding: string | undefined; size: number }>[] = [];
  const origins = new Set<string>();
  page.on("requestfinished", (request) => {
    origins.add(new URL(request.url()).origin);
    if (!new URL(request.url()).pathname.endsWith(".js")) return;
    sizes.push(
      Promise.all([request.sizes(), request.response()]).then(([{ responseBodySize }, response]) => ({
        url: request.url(),
        encoding: response?.headers()["content-encoding"],
        size: responseBodySize,
      })),
    );
  });
  await page.goto(`${server.url}/today`, { waitUntil: "networkidle" });
  await hydrated(page);
  await expect(taskRows(page)).toHaveCount(50);
  const scripts = await Promise.all(sizes);
  expect(scripts.length).toBeGreaterThan(3);
  expect(scripts.filter(({ encoding, size }) => encoding !== "br" && size > 1_500)).toEqual([]);
  expect(scripts.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(BUDGET);
  expect([...origins]).toEqual([server.url]);
  expect(await page.evaluate(() => (window as unknown as { moved: number[] }).moved)).toEqual([]);
});

test("forms work before scripts arrive", { tag: "@core" }, async ({ person }) => {
  const { page } = person;
  await createTasks(person, [{ title: "Pay rent", due: dueIn(0) }]);
  const { promise: never, resolve } = Promise.withResolvers<void>();
  await page.route("**/assets/*.js", async (route) => {
    await never;
    await route.continue().catch(() => undefined);
  });
  await page.goto("/today", { waitUntil: "commit" });
  await addBox(page).fill("Call the dentist");
  await addBox(page).press("Enter");
  await expect(page.getByRole("status")).toContainText("Task added.");
  await expect(titleLink(page, "Call the dentist")).toBeVisible();
  await page.getByRole("button", { name: "Complete: Pay rent" }).click();
  await expect(page.getByRole("status")).toContainText("Completed “Pay rent”.");
  await expect(taskRows(page)).toHaveText(["Call the dentist"]);
  resolve();
  await hydrated(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(titleLink(page, "Pay rent")).toBeVisible();
});
