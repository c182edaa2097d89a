import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated database that every test file copies: a folder, or the URL of a Postgres database. */
    template: string;
  }
}

/** Once for the whole run. With TEST_DATABASE_URL on that server, in databases of our own; else embedded. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.LOG_LEVEL = "silent";
  const server = process.env.TEST_DATABASE_URL;
  const folder = await mkdtemp(join(tmpdir(), "doable-test-"));
  const template = server ? await createDatabase(server) : folder;
  if (server) Object.assign(process.env, { DATABASE_URL: template, BETTER_AUTH_SECRET: "only-for-tests-only-for-tests-only" });
  else process.env.DATA_DIR = template;
  const { migrate } = await import("#app/db/migrator.server.ts");
  const { closeDatabase } = await import("#app/db/database.server.ts");
  await migrate();
  await closeDatabase();
  project.provide("template", template);
  return async function teardown() {
    if (server) await dropDatabase(server, template);
    await rm(folder, { recursive: true });
  };
}

/** A new database beside the one that `url` names, as a copy of `template` where there is one. Returns its URL. */
export async function createDatabase(url: string, template?: string): Promise<string> {
  const created = new URL(url);
  created.pathname = `/doable_test_${crypto.randomUUID().replaceAll("-", "")}`;
  const copied = template ? ` template ${new URL(template).pathname.slice(1)}` : "";
  await execute(url, `create database ${created.pathname.slice(1)}${copied}`);
  return created.href;
}

export async function dropDatabase(server: string, url: string): Promise<void> {
  await execute(server, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}
