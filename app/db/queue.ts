import { Overloaded } from "#app/db/unavailable.ts";

interface Queue {
  running: number;
  waiting: (() => void)[];
}

/** Runs the work of each key in the order of asking, so many pieces `atOnce`; with `mostWaiting` behind those, `Overloaded` is thrown. */
export function queuesByKey({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
  const queues = new Map<string, Queue>();

  async function run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = queues.get(key) ?? { running: 0, waiting: [] };
    queues.set(key, queue);
    if (queue.running < atOnce) queue.running += 1;
    else await handedOn(queue);
    try {
      return await work();
    } finally {
      const next = queue.waiting.shift();
      if (next) next();
      else if (--queue.running === 0) queues.delete(key);
    }
  }

  /** When a place comes free for who is next. */
  function handedOn({ waiting }: Queue): Promise<void> {
    if (waiting.length >= mostWaiting) throw new Overloaded(`${mostWaiting} are waiting already`);
    return new Promise((resolve) => waiting.push(resolve));
  }

  return { run, count: () => queues.size };
}
