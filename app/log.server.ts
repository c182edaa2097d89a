import { type Logger, pino } from "pino";
import pretty from "pino-pretty";
import { env } from "#app/env.server.ts";

/** One JSON object per line; readable text on a terminal. */
export const log: Logger = pino(
  { level: env.LOG_LEVEL, base: null, formatters: { level: (level) => ({ level }) } },
  process.stdout.isTTY ? pretty({ ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" }) : undefined,
);
