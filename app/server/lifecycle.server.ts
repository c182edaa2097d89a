import type { Server } from "node:http";
import { Server as NetServer } from "node:net";
import { setTimeout as delay, setImmediate as turn } from "node:timers/promises";
import { announceStop } from "#app/http/readiness.server.ts";
import { log } from "#app/log.server.ts";
import { type Connections, trackConnections } from "#app/server/connections.ts";
import { CannotStart } from "#app/server/startup.server.ts";

/** Milliseconds for requests in progress to finish after a signal to stop. */
const DRAIN_TIMEOUT = 10_000;
/** Milliseconds in which clients and proxies learn of the stop: from responses that close their connection, and from /readyz. */
const GRACE = 2_000;
const POLL_INTERVAL = 50;
/** Milliseconds to wait for a turn of the event loop without a new connection. */
const QUIET_TIMEOUT = 3_000;
/** Milliseconds to close the database: an aborted statement may still be running there. */
const RELEASE_TIMEOUT = 3_000;

/** Rejects with `CannotStart`. */
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
  await stopAccepting(server, connections);
  while (hasTime(DRAIN_TIMEOUT)) {
    // Repeated: a response that had begun before the signal leaves its connection open.
    connections.closeIdle(GRACE);
    await delay(POLL_INTERVAL);
  }
  server.closeAllConnections();
}

/**
 * Closes the listener in a turn of the event loop that brings no new connection. The kernel resets those that it has accepted and not
 * handed over yet, of which Node takes one in each turn. Listening again with a backlog of one makes it keep others waiting, until
 * the port is closed and they are refused: a client or proxy can tell that from a request that may have been processed.
 */
async function stopAccepting(server: Server, connections: Connections): Promise<void> {
  const listener = new NetServer((socket) => server.emit("connection", socket));
  if (server.listening) listener.listen(server, 1);
  const deadline = performance.now() + QUIET_TIMEOUT;
  let isQuiet = false;
  while (!isQuiet && performance.now() < deadline) {
    const accepted = connections.accepted();
    await turn();
    isQuiet = connections.accepted() === accepted;
  }
  // Not the server's own method, which would close idle connections as `closeIdleConnections()` does.
  listener.close();
}
