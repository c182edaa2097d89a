import { type BenchRequest, runLoad } from "./load.ts";
import type { Server } from "./servers.ts";

export interface Measurement {
  perSecond: number;
  /** Milliseconds, at half of the rate that the slowest server manages. */
  p50: number;
  p99: number;
  /** Microseconds of the server's processor time for each request. */
  cpu: number;
}

const CONNECTIONS = 16;

export interface Effort {
  rounds: number;
  seconds: number;
}

/** Measures the servers in turn, in the other order each round, so that what else the machine does affects all alike. */
export async function measure(
  servers: Server[],
  users: BenchRequest[][],
  { rounds, seconds }: Effort,
): Promise<Record<string, Measurement>> {
  const samples = new Map<string, Measurement[]>(servers.map(({ name }) => [name, []]));
  for (const { origin } of servers) await runLoad({ origin, users, connections: CONNECTIONS, seconds });
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? servers : servers.toReversed();
    const fullSpeed = new Map<Server, { perSecond: number; cpu: number }>();
    for (const server of order) fullSpeed.set(server, await throughput(server, users, seconds));
    const rate = Math.max(1, Math.min(...[...fullSpeed.values()].map(({ perSecond }) => perSecond)) / 2);
    for (const server of order) {
      const { p50, p99 } = await runLoad({ origin: server.origin, users, connections: CONNECTIONS, seconds, rate });
      samples.get(server.name)?.push({ ...(fullSpeed.get(server) ?? { perSecond: 0, cpu: 0 }), p50, p99 });
    }
  }
  return Object.fromEntries([...samples].map(([name, all]) => [name, medians(all)]));
}

async function throughput(server: Server, users: BenchRequest[][], seconds: number) {
  const before = await server.usage();
  const { perSecond, requests } = await runLoad({ origin: server.origin, users, connections: CONNECTIONS, seconds });
  return { perSecond, cpu: ((await server.usage()).cpu - before.cpu) / requests };
}

/** The median of each field. */
function medians<T extends object>(all: T[]): T {
  const [first] = all;
  if (!first) throw new Error("no round was measured");
  return Object.fromEntries(Object.keys(first).map((key) => [key, median(all.map((one) => Number(one[key as keyof T])))])) as T;
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
