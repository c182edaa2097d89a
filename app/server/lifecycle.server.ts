import type { Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { log } from "#app/log.server.ts";
import { CannotStart } from "#app/server/startup.server.ts";

/** Milliseconds for requests in progress to finish after a signal to stop. */
const DRAIN_TIMEOUT = 10_000;
/** Milliseconds to close the database: an aborted statement may still be running there. */
const RELEASE_TIMEOUT = 3_000;

/** Rejects with `CannotStart`. */
export function listening(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new CannotStart(error.message)));
    server.listen({ port, host }, resolve);
  });
}

/** On SIGTERM or SIGINT: stop accepting connections, finish requests, call `release`, exit 0. A second signal exits at once. */
export function stopOnSignal(server: Server, release: () => Promise<void>): void {
  async function stop(signal: NodeJS.Signals): Promise<void> {
    process.once(signal, () => process.exit(1));
    log.info({ event: "server.stopping", signal }, "stopping: finishing what runs");
    await drain(server);
    await Promise.race([release().catch(logFailure), delay(RELEASE_TIMEOUT)]);
    process.exit(0);
  }
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

function logFailure(error: unknown): void {
  log.error({ event: "server.release_failed", err: error }, "the database could not be closed");
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // Repeated: a keep-alive connection becomes idle only after its response.
  const closeIdle = setInterval(() => server.closeIdleConnections(), 50);
  const closeAll = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT);
  await closed;
  clearInterval(closeIdle);
  clearTimeout(closeAll);
}
