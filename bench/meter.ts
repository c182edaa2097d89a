import pg from "pg";

// Imported into each server before its own modules. Reports the process's resource use and its SQL to the parent process.

export interface Usage {
  /** Microseconds, of all threads. */
  cpu: number;
  /** Resident set size in bytes. */
  memory: number;
}

export type Command = keyof typeof COMMANDS;

/** The SQL texts since `record statements`; undefined while none are recorded. */
let statements: string[] | undefined;

const COMMANDS = {
  usage(): Usage {
    const { user, system } = process.cpuUsage();
    return { cpu: user + system, memory: process.memoryUsage.rss() };
  },
  "record statements"(): string[] {
    statements = [];
    return statements;
  },
  statements(): string[] {
    const recorded = statements ?? [];
    statements = undefined;
    return recorded;
  },
};

const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const [statement] = args as [string | { text: string }];
  statements?.push(typeof statement === "string" ? statement : statement.text);
  return query.apply(this, args);
} as typeof pg.Client.prototype.query;

process.on("message", (scenario: Command) => process.send?.(COMMANDS[scenario]()));
// The channel must not keep the server alive, and the server must not outlive its parent.
process.channel?.unref();
process.on("disconnect", () => process.exit());
