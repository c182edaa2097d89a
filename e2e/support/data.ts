import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { btree_gin } from "@electric-sql/pglite/contrib/btree_gin";
import { Client } from "pg";

// The data of a server under test: a database on TEST_DATABASE_URL's server if set, else a folder of the embedded database.

export interface Data {
  env: Record<string, string>;
  remove(): Promise<void>;
}

/** Migrated data with a signing key and users, made once per run (template.ts). Servers start on a copy. */
export interface Template {
  env: Record<string, string>;
  secret: string;
  people: { id: string; email: string; sessionToken: string }[];
}

/** Location of the run's template: the global setup sets this variable, and workers inherit it. */
export const TEMPLATE = "DOABLE_E2E_TEMPLATE";

let template: Promise<Template> | undefined;

export function readTemplate(): Promise<Template> {
  template ??= readFile(process.env[TEMPLATE] ?? "", "utf8").then(JSON.parse);
  return template;
}

export async function emptyData(): Promise<Data> {
  const folder = await mkdtemp(join(tmpdir(), "doable-e2e-"));
  const cluster = process.env.TEST_DATABASE_URL;
  if (!cluster) return { env: { DATA_DIR: folder }, remove: () => rm(folder, { recursive: true }) };
  return postgresData(cluster, folder, randomBytes(32).toString("base64url"));
}

export async function copiedData(): Promise<Data> {
  const { env, secret } = await readTemplate();
  const folder = await mkdtemp(join(tmpdir(), "doable-e2e-"));
  const cluster = process.env.TEST_DATABASE_URL;
  if (cluster) return postgresData(cluster, folder, secret, new URL(env.DATABASE_URL ?? "").pathname.slice(1));
  await cp(env.DATA_DIR ?? "", folder, { recursive: true });
  return { env: { DATA_DIR: folder }, remove: () => rm(folder, { recursive: true }) };
}

async function postgresData(cluster: string, folder: string, secret: string, copied = "template1"): Promise<Data> {
  const name = `doable_e2e_${crypto.randomUUID().replaceAll("-", "")}`;
  await execute(cluster, `create database ${name} template ${copied}`);
  const url = Object.assign(new URL(cluster), { pathname: `/${name}` });
  return {
    env: { DATA_DIR: folder, DATABASE_URL: url.href, BETTER_AUTH_SECRET: secret },
    async remove() {
      await execute(cluster, `drop database if exists ${name} with (force)`);
      await rm(folder, { recursive: true });
    },
  };
}

/** No server may have the embedded database open meanwhile. */
export async function queryData(env: Record<string, string>, statement: string, parameters: unknown[] = []): Promise<unknown[]> {
  if (env.DATABASE_URL) {
    const client = new Client(env.DATABASE_URL);
    await client.connect();
    const { rows } = await client.query(statement, parameters);
    await client.end();
    return rows;
  }
  const pglite = await PGlite.create(join(env.DATA_DIR ?? "", "postgres"), { extensions: { btree_gin } });
  const { rows } = await pglite.query(statement, parameters);
  await pglite.close();
  return rows;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}
