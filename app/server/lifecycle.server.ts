import type { Server } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { CannotStart } from "#app/cannot-start.ts";
import { announceStop } from "#app/http/readiness.server.ts";
import { log } from "#app/log.server.ts";
import { type Connections, trackConnections } from "#app/server/connections.ts";

/** Milliseconds for requests in progress to finish after a signal to stop. */
const DRAIN_TIMEOUT = 10_000;
/** Milliseconds in which clients and proxies learn of the stop: from responses that close their connection, and from /readyz. */
const GRACE = 2_000;
const POLL_INTERVAL = 50;
/** The listener is closed after these milliseconds without a new connection. */
const QUIET = 100;
/** Milliseconds to wait for that. */
const QUIET_TIMEOUT = 1_000;
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
    // A terminal sends SIGINT: its user need not wait for a proxy.
    await drain(server, connections, { waitsForProxies: signal === "SIGTERM" });
    await Promise.race([release().catch(logFailure), delay(RELEASE_TIMEOUT)]);
    process.exit(0);
  }
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

function logFailure(error: unknown): void {
  log.error({ event: "server.release_failed", err: error }, "the database could not be closed");
}

/** `waitsForProxies`: accepts connections during the whole grace period, also if there are none, as a proxy may not have asked /readyz yet. */
async function drain(server: Server, connections: Connections, { waitsForProxies }: { waitsForProxies: boolean }): Promise<void> {
  const began = performance.now();
  const isWithin = (limit: number) => performance.now() - began < limit;
  const hasTime = (limit: number) => connections.count() > 0 && isWithin(limit);
  connections.announceClose();
  while (waitsForProxies ? isWithin(GRACE) : hasTime(GRACE)) await delay(POLL_INTERVAL);
  await stopAccepting(server);
  while (hasTime(DRAIN_TIMEOUT)) {
    // Repeated: a response that had begun before the signal leaves its connection open.
    connections.closeIdle(GRACE);
    await delay(POLL_INTERVAL);
  }
  server.closeAllConnections();
}

/**
 * Closes the listener while no new connection arrives: closing it resets those that the kernel has accepted and not handed over yet,
 * and a proxy can't tell whether their requests were processed. New connections are therefore accepted but not read at first. Their
 * clients wait for responses, so a proxy soon has no request left to send, and the listener is closed. Then they are served.
 */
async function stopAccepting(server: Server): Promise<void> {
  const accepted: Socket[] = [];
  const listener = new NetServer({ pauseOnConnect: true }, (socket) => accepted.push(socket));
  if (server.listening) listener.listen(server);
  const deadline = performance.now() + QUIET_TIMEOUT;
  let before = -1;
  while (accepted.length > before && performance.now() < deadline) {
    before = accepted.length;
    await delay(QUIET);
  }
  // Not the server's own method, which would close idle connections as `closeIdleConnections()` does.
  listener.close();
  for (const socket of accepted) {
    server.emit("connection", socket);
    socket.resume();
  }
}
