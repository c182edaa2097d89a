import type { Page } from "@playwright/test";
import { HtmlPage } from "./html/page.ts";

/** Waits until scripts have taken the page over. React marks the elements that it has taken over; its effects follow. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => Object.keys(document.body).some((name) => name.startsWith("__reactProps")));
  await page.evaluate(() => new Promise<void>((idle) => requestIdleCallback(() => idle())));
}

/** As `hydrated` where scripts run, else at once: so that a form is not sent by the browser itself before scripts could. */
export async function takenOver(page: Page): Promise<void> {
  if ((page as unknown) instanceof HtmlPage) return;
  if (await page.evaluate(() => matchMedia("(scripting: enabled)").matches)) await hydrated(page);
}
