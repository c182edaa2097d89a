import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { copiedData, type Data, emptyData } from "./data.ts";

/** The built server in its own process, with its own database. Start it with `await using`: disposing stops it and its restarts. */
export interface DoableServer extends AsyncDisposable {
  /** Where it listens; its public URL is `env.BETTER_AUTH_URL`. */
  url: string;
  /** Another process with these variables works on the same data. */
  env: Record<string, string>;
  process: ChildProcess;
  log: string[];
  /** Waits until the process has exited. Its data remains. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** On the same data, with some variables changed. */
  restart(env?: Record<string, string>): Promise<DoableServer>;
  /** Stops it or its latest restart, and removes its data. Idempotent. */
  dispose(): Promise<void>;
}

/** On a copy of the template: migrated, with users (people.ts). */
export async function startServer(env: Record<string, string> = {}): Promise<DoableServer> {
  return launch(await copiedData(), env);
}

/** On empty data: the server migrates it, and creates a secret and a signing key. */
export async function startFirstServer(env: Record<string, string> = {}): Promise<DoableServer> {
  return launch(await emptyData(), env);
}

/** Removes the data when the server is disposed of. */
export async function launch(data: Data, env: Record<string, string> = {}): Promise<DoableServer> {
  const port = await freePort();
  const all = {
    PATH: process.env.PATH ?? "",
    PORT: String(port),
    HOST: "127.0.0.1",
    BETTER_AUTH_URL: `http://localhost:${port}`,
    // Each test sends an address of its own, so that no rate limit has to be raised.
    TRUST_PROXY: "1",
    ...data.env,
    ...env,
  };
  const life: Life = { removeData: data.remove };
  return spawnServer(all, life).catch(async (error) => {
    await end(life);
    throw error;
  });
}

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

/** Runs a program of the built app until it exits, with these variables only. */
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

async function spawnServer(env: Record<string, string>, life: Life): Promise<DoableServer> {
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
      return spawnServer({ ...env, ...change }, life);
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
    // Leaves no connection that a stop would wait for.
    const answer = await fetch(`${url}/readyz`, { headers: { Connection: "close" } }).catch(() => undefined);
    if (answer?.ok) return;
    await delay(25);
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
