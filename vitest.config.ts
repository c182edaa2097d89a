import { defineConfig } from "vitest/config";

const needsServer = "app/**/*.server.test.ts";

export default defineConfig({
  test: {
    // Generous: a password costs about 100 ms on purpose, the embedded database takes a while to open, and machines are busy.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      // The suffix says it: what a browser could load too needs no database, and such files can share a worker.
      {
        extends: true,
        test: { name: "rules", include: ["app/**/*.test.ts"], exclude: [needsServer], isolate: false, env: { LOG_LEVEL: "silent" } },
      },
      {
        extends: true,
        test: {
          name: "server",
          include: [needsServer],
          globalSetup: "app/testing/template.ts",
          setupFiles: "app/testing/database.ts",
        },
      },
    ],
  },
});
