import type { Page } from "@playwright/test";
import { HtmlPage } from "./html/page.ts";

/** React marks the elements that it has hydrated; its effects run afterwards. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => Object.keys(document.body).some((name) => name.startsWith("__reactProps")));
  await page.evaluate(() => new Promise<void>((idle) => requestIdleCallback(() => idle())));
}

/** Returns at once without scripts. Otherwise waits, because an early click would make the browser itself submit the form. */
export async function takenOver(page: Page): Promise<void> {
  if ((page as unknown) instanceof HtmlPage) return;
  if (await page.evaluate(() => matchMedia("(scripting: enabled)").matches)) await hydrated(page);
}
