import { Overloaded } from "#app/db/errors.ts";

interface Queue {
  running: number;
  waiting: (() => void)[];
}

/**
 * Queues by key, such as a user's id: each runs its work in the order of the calls, at most `maxConcurrent` at once.
 * With `maxWaiting` calls waiting, another one throws `Overloaded`.
 */
export function keyedQueues({ maxConcurrent, maxWaiting }: { maxConcurrent: number; maxWaiting: number }) {
  const queues = new Map<string, Queue>();

  async function run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = queues.get(key) ?? { running: 0, waiting: [] };
    queues.set(key, queue);
    if (queue.running < maxConcurrent) queue.running += 1;
    else await waitInLine(queue);
    try {
      return await work();
    } finally {
      const next = queue.waiting.shift();
      if (next) next();
      else if (--queue.running === 0) queues.delete(key);
    }
  }

  /** The finished call keeps its place in `running` for the one that it resolves. */
  function waitInLine({ waiting }: Queue): Promise<void> {
    if (waiting.length >= maxWaiting) throw new Overloaded(`${maxWaiting} are waiting already`);
    return new Promise((resolve) => waiting.push(resolve));
  }

  return { run, count: () => queues.size };
}
