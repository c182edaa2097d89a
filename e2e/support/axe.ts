import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { expect } from "./pages.ts";

// axe-core without its Playwright package, which reloads it for every scan and opens a second tab each time.

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every rule in the light theme. Themes differ only in colours, so in the other one only contrast is checked. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(source);
  await withoutTransitions(page);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await violations(page, ["color-contrast"]), "in the dark").toEqual([]);
}

/** Makes a change of theme immediate: even the shortest transition of an inherited colour takes one frame per generation. */
function withoutTransitions(page: Page): Promise<void> {
  return page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, ::before, ::after { transition-property: none !important }");
    document.adoptedStyleSheets = [sheet];
  });
}

function violations(page: Page, rules?: string[]): Promise<string[]> {
  return page.evaluate(async (only) => {
    // Wait until the theme is painted.
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const found = await axe.run(document, { resultTypes: ["violations"], ...(only && { runOnly: only }) });
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" ")}`,
    );
  }, rules);
}
