import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

export interface BenchRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Load {
  origin: string;
  /** The requests that each connection sends, in turn. */
  users: BenchRequest[][];
  connections: number;
  seconds: number;
  /** Requests a second, all connections together; undefined: as many as the server manages. */
  rate?: number;
}

export interface LoadResult {
  perSecond: number;
  requests: number;
  failed: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

let loadProcess: ChildProcess | undefined;

/** Sends the load from another process. Throws if any request fails. */
export async function runLoad(load: Load): Promise<LoadResult> {
  loadProcess ??= fork("bench/load-process.ts");
  loadProcess.send(load);
  const [result] = (await once(loadProcess, "message")) as [LoadResult];
  if (result.failed > 0) throw new Error(`${result.failed} of ${result.requests} requests to ${load.users[0]?.[0]?.path} failed`);
  return result;
}

export function stopLoad(): void {
  loadProcess?.kill();
}
