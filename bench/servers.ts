import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Command, Usage } from "./meter.ts";

/** A running server process. Disposing ends it. */
export interface Server extends AsyncDisposable {
  name: string;
  origin: string;
  /** Milliseconds from the start of the process to its first response. */
  startedIn: number;
  usage(): Promise<Usage>;
  /** The SQL that the server sends to its database during `work`. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
}

const ENTRY_FILES = { doable: "build/server/index.js", floor: "build/bench/server.js" };

/** Starts a server on a free port and waits for its first response. */
export async function start(name: keyof typeof ENTRY_FILES, env: Record<string, string>): Promise<Server> {
  const port = await freePort();
  const began = performance.now();
  const child = fork(ENTRY_FILES[name], {
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
  const exited = once(child, "exit");
  const failed = exited.then(([code]) => {
    throw new Error(`${name} ended with ${code}`);
  });
  await Promise.race([untilItAnswers(`${origin}/.well-known/jwks.json`), failed]);
  failed.catch(() => undefined);
  const startedIn = performance.now() - began;
  async function send<Reply>(command: Command): Promise<Reply> {
    child.send(command);
    const [reply] = (await once(child, "message")) as [Reply];
    return reply;
  }
  return {
    name,
    origin,
    startedIn,
    usage: () => send<Usage>("usage"),
    async statementsOf(work) {
      await send("record statements");
      await work();
      return send<string[]>("statements");
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}

async function untilItAnswers(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
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
