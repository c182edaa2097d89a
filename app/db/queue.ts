import { Overloaded } from "#app/db/errors.ts";

interface Queue {
  running: number;
  waiting: (() => void)[];
}

interface QueueLimits {
  maxConcurrent: number;
  maxWaiting: number;
  /** Milliseconds. */
  maxWait: number;
}

/**
 * Queues by key, such as a user's id: each runs its work in the order of the calls, at most `maxConcurrent` at once.
 * Throws `Overloaded` with `maxWaiting` calls waiting already, or after `maxWait`.
 */
export function keyedQueues({ maxConcurrent, maxWaiting, maxWait }: QueueLimits) {
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
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(new Overloaded(`its turn did not come in ${maxWait} ms`));
      }, maxWait);
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      waiting.push(begin);
    });
  }

  return { run, count: () => queues.size };
}
