import { setImmediate as breath } from "node:timers/promises";

/** Between two of these many, others get their transaction. */
const AT_ONCE = 200;

/** The same values; however many they are, nobody else waits for all of them. */
export async function* unhurried<T>(values: Iterable<T>, atOnce = AT_ONCE): AsyncGenerator<T> {
  let count = 0;
  for (const value of values) {
    yield value;
    if (++count % atOnce === 0) await breath();
  }
}

/** What `make` makes of each value. */
export async function mapped<T, Made>(values: Iterable<T>, make: (value: T, index: number) => Made): Promise<Made[]> {
  const all: Made[] = [];
  for await (const value of unhurried(values)) all.push(make(value, all.length));
  return all;
}
