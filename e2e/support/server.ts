import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";

/**
 * The built server as a process of its own, with a database of its own. A test that starts one says `await using`:
 * it is disposed of however the test ends, and so is what it was restarted as.
 */
export interface DoableServer extends AsyncDisposable {
  /** Where it listens. What it calls itself is `env.BETTER_AUTH_URL`. */
  url: string;
  /** The variables that it runs with: another process that is given them works on the same data. */
  env: Record<string, string>;
  process: ChildProcess;
  /** Everything that it has logged so far, a line each. */
  log: string[];
  /** Waits for the process to be gone. Its data stays. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Starts it anew on the same data, with some variables changed. */
  restart(env?: Record<string, string>): Promise<DoableServer>;
  /** Stops it, or what it was restarted as, and removes its data. Once that is done it does nothing. */
  dispose(): Promise<void>;
}

/** On TEST_DATABASE_URL's server where it is set, else on the embedded database. */
export async function startServer(env: Record<string, string> = {}): Promise<DoableServer> {
  const folder = await mkdtemp(join(tmpdir(), "doable-e2e-"));
  const database = process.env.TEST_DATABASE_URL && (await createDatabase(process.env.TEST_DATABASE_URL));
  const port = await freePort();
  const all = {
    PATH: process.env.PATH ?? "",
    PORT: String(port),
    HOST: "127.0.0.1",
    BETTER_AUTH_URL: `http://localhost:${port}`,
    DATA_DIR: folder,
    // Each test comes from an address of its own, so that no rate limit has to be lifted for them.
    TRUST_PROXY: "1",
    ...(database && { DATABASE_URL: database, BETTER_AUTH_SECRET: randomBytes(32).toString("base64url") }),
    ...env,
  };
  const life: Life = {
    async removeData() {
      if (process.env.TEST_DATABASE_URL && database) await dropDatabase(process.env.TEST_DATABASE_URL, database);
      await rm(folder, { recursive: true });
    },
  };
  return launch(all, life).catch(async (error) => {
    await end(life);
    throw error;
  });
}

/** What a server and all that it is restarted as have in common. */
interface Life {
  /** Stops the process that runs now. */
  stop?: (signal: NodeJS.Signals) => Promise<unknown>;
  removeData(): Promise<void>;
  ended?: Promise<void>;
}

function end(life: Life): Promise<void> {
  // Without the time that it takes to drain.
  life.ended ??= Promise.resolve(life.stop?.("SIGKILL")).then(() => life.removeData());
  return life.ended;
}

/** Runs a program of the built app, which is expected to end by itself, with these variables and no others. */
export async function run(
  program: string,
  env: Record<string, string>,
  args: string[] = [],
): Promise<{ code: number | null; output: string[] }> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => output.push(...String(chunk).split("\n").filter(Boolean)));
  await once(child, "close");
  return { code: child.exitCode, output };
}

async function launch(env: Record<string, string>, life: Life): Promise<DoableServer> {
  const child = spawn(process.execPath, ["build/server/index.js"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => log.push(...String(chunk).split("\n").filter(Boolean)));
  const exited = once(child, "exit");
  async function stop(signal: NodeJS.Signals = "SIGTERM") {
    child.kill(signal);
    await exited;
    return child.exitCode;
  }
  life.stop = stop;
  const dispose = () => end(life);
  const server: DoableServer = {
    url: `http://localhost:${env.PORT}`,
    env,
    process: child,
    log,
    stop,
    async restart(change = {}) {
      await stop();
      return launch({ ...env, ...change }, life);
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
  await ready(server);
  return server;
}

async function ready({ url, process: child, log }: DoableServer): Promise<void> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server did not start:\n${log.join("\n")}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100);
  }
}

async function createDatabase(server: string): Promise<string> {
  const url = new URL(server);
  url.pathname = `/doable_e2e_${crypto.randomUUID().replaceAll("-", "")}`;
  await execute(server, `create database ${url.pathname.slice(1)}`);
  return url.href;
}

async function dropDatabase(server: string, url: string): Promise<void> {
  await execute(server, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
