import type { Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { log } from "#app/log.server.ts";
import { CannotStart } from "#app/server/startup.server.ts";

/** How long running requests may take to finish once the process is told to stop. */
const DRAIN = 10_000;
/** How long what they held may take to be given back: a statement that was cut off goes on in the database. */
const RELEASE = 3_000;

/** Rejects with `CannotStart`: a port that is taken is no fault of the program's. */
export function listening(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new CannotStart(error.message)));
    server.listen({ port, host }, resolve);
  });
}

/** On SIGTERM or SIGINT: accept nothing more, finish what runs, release everything, exit 0. A second signal ends it at once. */
export function stopOnSignal(server: Server, release: () => Promise<void>): void {
  async function stop(signal: NodeJS.Signals): Promise<void> {
    process.once(signal, () => process.exit(1));
    log.info({ event: "server.stopping", signal }, "stopping: finishing what runs");
    await drained(server);
    await Promise.race([release().catch(report), delay(RELEASE)]);
    process.exit(0);
  }
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

function report(error: unknown): void {
  log.error({ event: "server.release_failed", err: error }, "the database could not be closed");
}

async function drained(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // A connection that is kept alive becomes idle only when its answer is out.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
