import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./e2e/support/browser.ts";

const executablePath = findBrowser();
// So that the browser asks nothing of the outside; as root, Chromium has no sandbox to offer.
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const args = process.getuid?.() === 0 ? [...quiet, "--no-sandbox"] : quiet;
const desktop = { ...devices["Desktop Chrome"], launchOptions: { ...(executablePath && { executablePath }), args } };

export default defineConfig({
  testDir: "e2e",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // A machine that others use may stall: what passes only the second time is reported as flaky.
  retries: process.env.CI ? 2 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? "dot" : "list",
  use: { trace: "retain-on-failure" },
  projects: [
    { name: "http", testDir: "e2e/http" },
    { name: "browser", testDir: "e2e/browser", use: desktop },
    { name: "browser without scripts", testDir: "e2e/browser", use: { ...desktop, javaScriptEnabled: false } },
  ],
});
