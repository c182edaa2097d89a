import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "./server.ts";

export interface TestRedis {
  url: string;
  process: ChildProcess;
  stop(): Promise<void>;
  /** On the same port, empty. */
  start(): Promise<void>;
}

export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    process: launch(port),
    async stop() {
      redis.process.kill("SIGKILL");
      await once(redis.process, "exit");
    },
    async start() {
      redis.process = launch(port);
      await answering(port);
    },
  };
  await answering(port);
  return redis;
}

function launch(port: number): ChildProcess {
  return spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], { stdio: "ignore" });
}

async function answering(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await delay(50);
  }
}
