import { existsSync } from "node:fs";

// Preloaded by the npm scripts, but not by tests: they must not depend on .env.
if (existsSync(".env")) process.loadEnvFile(".env");
