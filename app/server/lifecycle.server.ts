import type { Server } from "node:http";
import { Server as NetServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { announceStop } from "#app/http/readiness.server.ts";
import { log } from "#app/log.server.ts";
import { type Connections, trackConnections } from "#app/server/connections.ts";
import { CannotStart } from "#app/server/startup.server.ts";

/** Milliseconds for requests in progress to finish after a signal to stop. */
const DRAIN_TIMEOUT = 10_000;
/** Milliseconds in which clients and proxies learn of the stop: from responses that close their connection, and from /readyz. */
const GRACE = 2_000;
const POLL_INTERVAL = 50;
/** Milliseconds to close the database: an aborted statement may still be running there. */
const RELEASE_TIMEOUT = 3_000;

/** Rejects with `CannotStart`, for instance if the port is in use. */
export function listening(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new CannotStart(error.message)));
    server.listen({ port, host }, resolve);
  });
}

/**
 * On SIGTERM or SIGINT: report not ready, let clients close their connections, stop accepting new ones, finish requests, call
 * `release`, exit 0. A second signal exits at once. To be called before the server listens.
 */
export function stopOnSignal(server: Server, release: () => Promise<void>): void {
  const connections = trackConnections(server);
  async function stop(signal: NodeJS.Signals): Promise<void> {
    process.once(signal, () => process.exit(1));
    announceStop();
    log.info({ event: "server.stopping", signal }, "stopping: finishing what runs");
    await drain(server, connections);
    await Promise.race([release().catch(logFailure), delay(RELEASE_TIMEOUT)]);
    process.exit(0);
  }
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

function logFailure(error: unknown): void {
  log.error({ event: "server.release_failed", err: error }, "the database could not be closed");
}

async function drain(server: Server, connections: Connections): Promise<void> {
  const began = performance.now();
  const hasTime = (limit: number) => connections.count() > 0 && performance.now() - began < limit;
  connections.announceClose();
  while (hasTime(GRACE)) await delay(POLL_INTERVAL);
  // Not the method of http.Server, which would close idle connections as `closeIdleConnections()` does.
  NetServer.prototype.close.call(server);
  while (hasTime(DRAIN_TIMEOUT)) {
    // Repeated: a response that had begun before the signal leaves its connection open.
    connections.closeIdle(GRACE);
    await delay(POLL_INTERVAL);
  }
  server.closeAllConnections();
}
