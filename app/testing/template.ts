import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The migrated database that each worker copies: a data folder, or the URL of a Postgres database. */
    template: string;
    workersFolder: string;
  }
}

/** The Postgres that tests run on; `undefined` for the embedded database. */
export const testServer = process.env.TEST_DATABASE_URL;

/**
 * Migrates one database for the whole run, however many projects name this file: on the server of TEST_DATABASE_URL, else
 * embedded. Removes it and its copies at the end.
 */
export default async function setup({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (vitest.getRootProject().getProvidedContext().template) return;
  process.env.LOG_LEVEL = "silent";
  const server = process.env.TEST_DATABASE_URL;
  const folder = await mkdtemp(join(tmpdir(), "doable-test-"));
  const template = server
    ? await createDatabase(server, `doable_test_${crypto.randomUUID().replaceAll("-", "")}`)
    : join(folder, "template");
  if (server) Object.assign(process.env, { DATABASE_URL: template, BETTER_AUTH_SECRET: "only-for-tests-only-for-tests-only" });
  else process.env.DATA_DIR = template;
  await migrateAndClose();
  vitest.provide("template", template);
  vitest.provide("workersFolder", folder);
  return async function teardown() {
    if (server) await dropDatabases(server, databaseName(template));
    // A worker may still be stopping, and write into the folder while it is emptied.
    await rm(folder, { recursive: true, maxRetries: 5 });
  };
}

async function migrateAndClose(): Promise<void> {
  const { migrate } = await import("#app/db/migrator.server.ts");
  const { closeDatabase } = await import("#app/db/database.server.ts");
  await migrate();
  await closeDatabase();
}

/** Returns the URL of the new database. */
export async function createDatabase(url: string, name: string, template?: string): Promise<string> {
  await execute(url, `create database ${name}${template ? ` template ${template}` : ""}`);
  const created = new URL(url);
  created.pathname = `/${name}`;
  return created.href;
}

export function databaseName(url: string): string {
  return new URL(url).pathname.slice(1);
}

async function dropDatabases(server: string, prefix: string): Promise<void> {
  const names = await execute(server, `select datname from pg_database where starts_with(datname, '${prefix}')`);
  for (const { datname } of names) await execute(server, `drop database if exists ${datname} with (force)`);
}

async function execute(url: string, statement: string): Promise<{ datname: string }[]> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}
