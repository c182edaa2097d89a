import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Question, Usage } from "./meter.ts";

/** A program that runs until it is disposed of. */
export interface Contestant extends AsyncDisposable {
  name: string;
  origin: string;
  /** Milliseconds from its start to its first answer. */
  startedIn: number;
  usage(): Promise<Usage>;
  /** The texts of the statements that its database is sent while the work is done. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
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
  const exited = once(child, "exit");
  const gone = exited.then(([code]) => {
    throw new Error(`${name} ended with ${code}`);
  });
  await Promise.race([answered(`${origin}/.well-known/jwks.json`), gone]);
  gone.catch(() => undefined);
  const startedIn = performance.now() - began;
  async function tell<Answer>(question: Question): Promise<Answer> {
    child.send(question);
    const [answer] = (await once(child, "message")) as [Answer];
    return answer;
  }
  return {
    name,
    origin,
    startedIn,
    usage: () => tell<Usage>("usage"),
    async statementsOf(work) {
      await tell("keep statements");
      await work();
      return tell<string[]>("statements");
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
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
