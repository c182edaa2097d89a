import { existsSync } from "node:fs";

// The npm scripts load this before anything else. The tests don't: what stands in .env is not theirs.
if (existsSync(".env")) process.loadEnvFile(".env");
