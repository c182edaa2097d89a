import { type Asked, ask } from "./asking.ts";
import type { Contestant } from "./contestants.ts";

export interface Measured {
  perSecond: number;
  /** Milliseconds at half of the load that the slower one bears. */
  p50: number;
  p99: number;
  /** Of its processor's time, microseconds for each request. */
  cpu: number;
}

const CONNECTIONS = 16;

export interface Effort {
  rounds: number;
  seconds: number;
}

/** Asks the contestants in turn, and each time in the other order: what the machine does meanwhile happens to all of them. */
export async function measure(
  contestants: Contestant[],
  people: Asked[][],
  { rounds, seconds }: Effort,
): Promise<Record<string, Measured>> {
  const seen = new Map<string, Measured[]>(contestants.map(({ name }) => [name, []]));
  for (const { origin } of contestants) await ask({ origin, people, connections: CONNECTIONS, seconds });
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    const full = new Map<Contestant, { perSecond: number; cpu: number }>();
    for (const contestant of order) full.set(contestant, await throughput(contestant, people, seconds));
    const rate = Math.max(1, Math.min(...[...full.values()].map(({ perSecond }) => perSecond)) / 2);
    for (const contestant of order) {
      const { p50, p99 } = await ask({ origin: contestant.origin, people, connections: CONNECTIONS, seconds, rate });
      seen.get(contestant.name)?.push({ ...(full.get(contestant) ?? { perSecond: 0, cpu: 0 }), p50, p99 });
    }
  }
  return Object.fromEntries([...seen].map(([name, all]) => [name, medians(all)]));
}

async function throughput(contestant: Contestant, people: Asked[][], seconds: number) {
  const before = await contestant.usage();
  const { perSecond, requests } = await ask({ origin: contestant.origin, people, connections: CONNECTIONS, seconds });
  return { perSecond, cpu: ((await contestant.usage()).cpu - before.cpu) / requests };
}

/** Of each figure the one in the middle. */
function medians<T extends object>(all: T[]): T {
  const [first] = all;
  if (!first) throw new Error("nothing was measured");
  return Object.fromEntries(Object.keys(first).map((key) => [key, median(all.map((one) => Number(one[key as keyof T])))])) as T;
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
