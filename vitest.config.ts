import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";

/** Files with this suffix import server code, which needs a database. All others run without one. */
const server = "app/**/*.server.test.ts";

/** Server files that set the environment before the app reads it, measure what a whole process does, or need a database of their own. */
const isolated = [
  "app/auth/events.server.test.ts",
  "app/auth/key-set*.server.test.ts",
  "app/auth/remote-key-set.server.test.ts",
  "app/auth/signing-key.server.test.ts",
  "app/db/embedded.server.test.ts",
  "app/db/migrator.server.test.ts",
  "app/cli/doctor/examine.server.test.ts",
  "app/db/pool.server.test.ts",
  "app/db/timeouts.server.test.ts",
  "app/io/large-import.server.test.ts",
  "app/io/parse.server.test.ts",
  "app/secret.server.test.ts",
  "app/tasks/store/scale.server.test.ts",
];

const onDatabase = { globalSetup: "app/testing/template.ts", setupFiles: "app/testing/database.ts" };

export default defineConfig({
  test: {
    // Generous: a password hash costs about 100 ms, opening the embedded database seconds, and machines are busy.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Each has a database of its own; the embedded one takes up to 800 MB.
    maxWorkers: Math.min(availableParallelism(), 4),
    // `--changed` follows imports, and nothing imports these.
    forceRerunTriggers: [...configDefaults.forceRerunTriggers, "**/migrations/**", "**/app/testing/{template,database}.ts"],
    projects: [
      {
        extends: true,
        test: { name: "rules", include: ["app/**/*.test.ts"], exclude: [server], isolate: false, env: { LOG_LEVEL: "silent" } },
      },
      { extends: true, test: { name: "server", include: [server], exclude: isolated, isolate: false, ...onDatabase } },
      { extends: true, test: { name: "isolated", include: isolated, ...onDatabase } },
    ],
  },
});
