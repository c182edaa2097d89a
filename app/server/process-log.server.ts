import type { Logger } from "pino";

const LEVELS = { error: "error", warn: "warn", info: "info", log: "info", debug: "debug" } as const;

/** Logs the text and the error that libraries write to the console. Further arguments may be requests, which contain cookies. */
export function logConsole(log: Logger, target: Pick<Console, keyof typeof LEVELS> = console): void {
  for (const [method, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, (typeof LEVELS)[keyof typeof LEVELS]][]) {
    target[method] = (...args: unknown[]) => {
      const err = args.find((arg) => arg instanceof Error);
      log[level]({ event: "console", ...(err && { err }) }, args.find((arg) => typeof arg === "string")?.trim());
    };
  }
}

/** Logs the process's warnings, and the error that ends it. */
export function logProcess(log: Logger, target: NodeJS.Process = process): void {
  // Node's own listener writes to stderr.
  target.removeAllListeners("warning");
  target.on("warning", (err) => log.warn({ event: "process.warning", err }, err.message));
  target.on("uncaughtException", (err) => {
    log.fatal({ event: "process.crashed", err }, "the process ends after an error that nothing handled");
    target.exit(1);
  });
}
