import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findBrowser } from "./browser.ts";

// Runs before the browser tests: installs a browser if none is found, or explains how to.

const isDebianRoot = existsSync("/etc/debian_version") && process.getuid?.() === 0;

if (!findBrowser() && isDebianRoot) {
  run("apt-get", ["update", "-qq"]);
  // The headless shell does the same in two thirds of the time.
  for (const name of ["chromium-headless-shell", "chromium"]) {
    if (!findBrowser()) run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name]);
  }
}
if (!findBrowser()) run("npx", ["playwright", "install", "chromium"]);
if (!findBrowser()) {
  process.stderr.write(
    "No browser for the browser tests. Install Chromium or Chrome so that it is on the PATH,\n" +
      "or name one with CHROMIUM_PATH=/path/to/chromium, and run the tests again.\n",
  );
  process.exit(1);
}

function run(command: string, parameters: string[]): void {
  process.stdout.write(`No browser found, trying: ${command} ${parameters.join(" ")}\n`);
  try {
    execFileSync(command, parameters, {
      stdio: ["ignore", "ignore", "inherit"],
      timeout: 5 * 60_000,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch (error) {
    process.stderr.write(`That did not work: ${(error as Error).message.split("\n", 1)}\n`);
  }
}
