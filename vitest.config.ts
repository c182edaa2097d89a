import { defineConfig } from "vitest/config";

const needsServer = "app/**/*.server.test.ts";

export default defineConfig({
  test: {
    projects: [
      // The suffix says it: what a browser could load too needs no database, and such files can share a worker.
      { test: { name: "rules", include: ["app/**/*.test.ts"], exclude: [needsServer], isolate: false, env: { LOG_LEVEL: "silent" } } },
      {
        test: {
          name: "server",
          include: [needsServer],
          globalSetup: "app/testing/template.ts",
          setupFiles: "app/testing/database.ts",
          // A password costs about 100 ms on purpose, and the embedded database takes a while to open.
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
