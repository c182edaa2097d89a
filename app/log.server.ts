import { type Logger, pino } from "pino";
import pretty from "pino-pretty";
import { env } from "#app/env.server.ts";

export const log: Logger = pino(
  { level: env.LOG_LEVEL, base: null, formatters: { level: (level) => ({ level }) } },
  process.stdout.isTTY ? pretty({ ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" }) : undefined,
);
