import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./e2e/support/browser.ts";

const executablePath = findBrowser();
// So that the browser asks nothing of the outside; as root, Chromium has no sandbox to offer.
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const args = process.getuid?.() === 0 ? [...quiet, "--no-sandbox"] : quiet;
const chromium = { ...devices["Desktop Chrome"], launchOptions: { ...(executablePath && { executablePath }), args } };

/** Every flow can be seen on any screen: `SCREEN=360,dark npm run test:e2e`. */
const [width, colorScheme] = (process.env.SCREEN ?? "1280,light").split(",");
const screen = { viewport: { width: Number(width), height: 720 }, colorScheme: colorScheme === "dark" ? "dark" : "light" } as const;

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
    { name: "servers", testDir: "e2e/servers" },
    { name: "browser", testDir: "e2e/browser", use: { ...chromium, ...screen } },
    { name: "browser without scripts", testDir: "e2e/browser", use: { ...chromium, ...screen, javaScriptEnabled: false } },
  ],
});
