import { AsyncLocalStorage } from "node:async_hooks";
import { isServerFault, isStatementNameError } from "#app/db/errors.ts";
import { log } from "#app/log.server.ts";

interface Failures {
  first?: unknown;
  compensations: (() => Promise<void>)[];
}

const failures = new AsyncLocalStorage<Failures>();

/** Called by the driver for each error that it throws. Those that a statement causes are not remembered. */
export function rememberFailure(error: unknown): void {
  const memory = failures.getStore();
  if (memory && isServerFault(error)) memory.first ??= error;
}

/** To be called, in work of the functions below, after a write that must not stay if the database fails later in the work. */
export function compensateFailure(compensation: () => Promise<void>): void {
  failures.getStore()?.compensations.push(compensation);
}

async function compensate({ compensations }: Failures): Promise<void> {
  for (const compensation of compensations) {
    await compensation().catch((error) => log.warn({ event: "db.not_compensated", reason: String(error) }, "a write could not be undone"));
  }
}

/** Runs work that may swallow errors of the database. Throws the first one that is a fault of the server, in place of its result. */
export async function throwingFailures<T>(work: () => Promise<T>): Promise<T> {
  const memory: Failures = { compensations: [] };
  const [outcome] = await Promise.allSettled([failures.run(memory, work)]);
  if (memory.first !== undefined) {
    await compensate(memory);
    throw memory.first;
  }
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

/**
 * Runs work again, once, if a named statement failed in it: the pool does not name statements any more by then.
 * For transactions, and for libraries that use them: after an error a transaction can only be rolled back.
 */
export async function repeatingUnnamed<T>(work: () => Promise<T>): Promise<T> {
  const memory: Failures = { compensations: [] };
  const [outcome] = await Promise.allSettled([failures.run(memory, work)]);
  if (isStatementNameError(memory.first)) {
    await compensate(memory);
    return work();
  }
  // An outer caller must learn of it as well.
  rememberFailure(memory.first);
  memory.compensations.forEach(compensateFailure);
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}
