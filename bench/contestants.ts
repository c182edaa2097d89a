import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Usage } from "./meter.ts";

export interface Contestant {
  name: string;
  origin: string;
  /** Milliseconds from its start to its first answer. */
  startedIn: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

const PROGRAMS = { doable: "build/server/index.js", floor: "build/bench/server.js" };

/** Starts one of the programs, each with the same variables, and waits for its first answer. */
export async function start(name: keyof typeof PROGRAMS, env: Record<string, string>): Promise<Contestant> {
  const port = await freePort();
  const began = performance.now();
  const child = fork(PROGRAMS[name], {
    execArgv: [
      "--import",
      "./app/server/compile-cache.ts",
      "--import",
      "./bench/meter.ts",
      ...(process.env.BENCH_NODE_OPTIONS?.split(" ") ?? []),
    ],
    env: { PATH: process.env.PATH, NODE_ENV: "production", LOG_LEVEL: "warn", HOST: "127.0.0.1", ...env, PORT: String(port) },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const origin = `http://127.0.0.1:${port}`;
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`${name} ended with ${code}`);
  });
  await Promise.race([answered(`${origin}/.well-known/jwks.json`), gone]);
  gone.catch(() => undefined);
  return {
    name,
    origin,
    startedIn: performance.now() - began,
    async usage() {
      child.send("usage");
      return ((await once(child, "message")) as [Usage])[0];
    },
    async stop() {
      child.kill();
      await once(child, "exit");
    },
  };
}

async function answered(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await delay(10);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}
