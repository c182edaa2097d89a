import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

export interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Load {
  origin: string;
  /** What each connection asks, in turn. */
  people: Asked[][];
  connections: number;
  seconds: number;
  /** Requests a second, all connections together; without it, as many as are answered. */
  rate?: number;
}

export interface Loaded {
  perSecond: number;
  requests: number;
  failed: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

let asker: ChildProcess | undefined;

/** Makes the load in another process, and returns what came of it. */
export async function ask(load: Load): Promise<Loaded> {
  asker ??= fork("bench/load.ts");
  asker.send(load);
  const [loaded] = (await once(asker, "message")) as [Loaded];
  if (loaded.failed > 0) throw new Error(`${loaded.failed} of ${loaded.requests} requests to ${load.people[0]?.[0]?.path} failed`);
  return loaded;
}

export function stopAsking(): void {
  asker?.kill();
}
