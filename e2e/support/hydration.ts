import type { Page } from "@playwright/test";
import { HtmlPage } from "./html/page.ts";

/** React marks the elements that it has hydrated; its effects run afterwards. Needs no frame: a tab behind another may get none. */
export async function hydrated(page: Page): Promise<void> {
  const isHydrated = () => Object.keys(document.body).some((name) => name.startsWith("__reactProps"));
  await page.waitForFunction(isHydrated, undefined, { polling: 50 });
  await page.evaluate(() => new Promise<void>((idle) => requestIdleCallback(() => idle(), { timeout: 1_000 })));
}

/** Returns at once without scripts. Otherwise waits, because an early click would make the browser itself submit the form. */
export async function takenOver(page: Page): Promise<void> {
  if ((page as unknown) instanceof HtmlPage) return;
  if (await page.evaluate(() => matchMedia("(scripting: enabled)").matches)) await hydrated(page);
}
