import pg from "pg";

// Loaded into each contestant, before anything of its own: says what the process has used, and what it asks of its database.

export interface Usage {
  /** Of all its threads, in microseconds. */
  cpu: number;
  /** Resident, in bytes. */
  memory: number;
}

export type Question = keyof typeof ANSWERS;

/** Their texts; nothing is kept unless somebody wants to see it. */
let statements: string[] | undefined;

const ANSWERS = {
  usage(): Usage {
    const { user, system } = process.cpuUsage();
    return { cpu: user + system, memory: process.memoryUsage.rss() };
  },
  "keep statements"(): string[] {
    statements = [];
    return statements;
  },
  statements(): string[] {
    const kept = statements ?? [];
    statements = undefined;
    return kept;
  },
};

const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const [statement] = args as [string | { text: string }];
  statements?.push(typeof statement === "string" ? statement : statement.text);
  return query.apply(this, args);
} as typeof pg.Client.prototype.query;

process.on("message", (question: Question) => process.send?.(ANSWERS[question]()));
// Being asked keeps nobody alive, and nobody outlives who asks.
process.channel?.unref();
process.on("disconnect", () => process.exit());
