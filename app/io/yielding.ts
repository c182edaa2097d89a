import { setImmediate as nextMacrotask } from "node:timers/promises";

const DEFAULT_CHUNK = 200;

/** Lets the event loop handle other requests after every `chunk` values. */
export async function* yielding<T>(values: Iterable<T>, chunk = DEFAULT_CHUNK): AsyncGenerator<T> {
  let count = 0;
  for (const value of values) {
    yield value;
    if (++count % chunk === 0) await nextMacrotask();
  }
}

export async function mapYielding<T, Result>(values: Iterable<T>, map: (value: T, index: number) => Result): Promise<Result[]> {
  const results: Result[] = [];
  for await (const value of yielding(values)) results.push(map(value, results.length));
  return results;
}

/**
 * Parts of the values in their order, each with a weight of at most `limit`, or of one value. Lets the event loop handle other
 * requests after each part: the embedded database runs on this thread, and its promises settle without doing so.
 */
export async function* slicesOf<T>(values: T[], limit: number, weightOf: (value: T) => number = () => 1): AsyncGenerator<T[]> {
  let [slice, weight]: [T[], number] = [[], 0];
  for (const value of values) {
    const own = weightOf(value);
    if (slice.length > 0 && weight + own > limit) {
      yield slice;
      await nextMacrotask();
      [slice, weight] = [[], 0];
    }
    slice.push(value);
    weight += own;
  }
  if (slice.length > 0) yield slice;
  await nextMacrotask();
}
