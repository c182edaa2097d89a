import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["app/**/*.test.ts"],
    globalSetup: "app/testing/template.ts",
    setupFiles: "app/testing/database.ts",
    // A password costs about 100 ms on purpose, and the embedded database takes a while to open.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
