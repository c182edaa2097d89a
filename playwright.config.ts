import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./e2e/support/browser.ts";
import type { PageOptions } from "./e2e/support/page-test.ts";

const executablePath = findBrowser();
// So that the browser asks nothing of the outside; as root, Chromium has no sandbox to offer.
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const args = process.getuid?.() === 0 ? [...quiet, "--no-sandbox"] : quiet;
const chromium = { ...devices["Desktop Chrome"], launchOptions: { ...(executablePath && { executablePath }), args } };

/** Every flow can be seen on any screen: `SCREEN=360,dark npm run test:e2e -- --project=browser`. */
const [width, colorScheme] = (process.env.SCREEN ?? "1280,light").split(",");
const screen = { viewport: { width: Number(width), height: 720 }, colorScheme: colorScheme === "dark" ? "dark" : "light" } as const;
const browser = { testDir: "e2e", testMatch: ["browser/**/*.spec.ts", "forms/**/*.spec.ts"], use: { ...chromium, ...screen } };

export default defineConfig<object, PageOptions>({
  testDir: "e2e",
  globalSetup: "./e2e/support/template.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? "dot" : "list",
  // Recording what might fail costs more than the tests: TRACE=1 for the one that is looked into.
  use: { trace: process.env.TRACE ? "on" : "off", screenshot: "only-on-failure" },
  projects: [
    // `npm test` runs the first three, `npm run test:all` all but the last.
    { name: "http", testDir: "e2e/http" },
    { name: "forms", testDir: "e2e/forms", grepInvert: /@browser/, use: { driver: "html", javaScriptEnabled: false } },
    { name: "core", ...browser, grep: /@core/ },
    { name: "servers", testDir: "e2e/servers" },
    { name: "browser", ...browser, grepInvert: /@core|@plain/ },
    { name: "noscript", ...browser, grep: /@noscript/, use: { ...browser.use, javaScriptEnabled: false } },
    { name: "soak", testDir: "e2e/soak" },
  ],
});
