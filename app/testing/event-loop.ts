/** Milliseconds of CPU time between two turns of the event loop, at most, until the promise settles. */
export async function longestTurn(pending: Promise<unknown>): Promise<number> {
  let isPending = true;
  pending.finally(() => {
    isPending = false;
  });
  let longest = 0;
  while (isPending) {
    const start = process.threadCpuUsage();
    await new Promise(setImmediate);
    const { user, system } = process.threadCpuUsage(start);
    longest = Math.max(longest, (user + system) / 1000);
  }
  return longest;
}
