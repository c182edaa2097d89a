// Loaded into each contestant, before anything of its own: says what the process has used when it is asked.

export interface Usage {
  /** Of all its threads, in microseconds. */
  cpu: number;
  /** Resident, in bytes. */
  memory: number;
}

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system, memory: process.memoryUsage.rss() } satisfies Usage);
});
// Being asked keeps nobody alive.
process.channel?.unref();
