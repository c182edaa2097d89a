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
