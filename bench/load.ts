import autocannon, { type Client, type Request } from "autocannon";
import type { Load, Loaded } from "./asking.ts";

// A process of its own, so that making the load takes nothing from the server's thread. Gets one `Load` after the other.

/** As its documentation has it: an emitter that can be awaited. */
declare function start(options: autocannon.Options): Promise<autocannon.Result> & {
  on(event: "response", listener: (client: Client, status: number, bytes: number, milliseconds: number) => void): void;
};

process.on("message", async (load: Load) => {
  let connected = 0;
  // autocannon's own histogram counts in whole milliseconds.
  const times: number[] = [];
  const instance = (autocannon as unknown as typeof start)({
    url: load.origin,
    connections: load.connections,
    duration: load.seconds,
    sampleInt: 100,
    idReplacement: true,
    ...(load.rate !== undefined && { overallRate: load.rate }),
    // Each connection is another person.
    setupClient: (client: Client) => client.setRequests(load.people[connected++ % load.people.length] as Request[]),
  });
  instance.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  const { errors, non2xx, duration } = await instance;
  times.sort((a, b) => a - b);
  const quantile = (part: number) => times[Math.floor(part * (times.length - 1))] ?? Number.NaN;
  const loaded: Loaded = {
    perSecond: times.length / duration,
    requests: times.length,
    failed: errors + non2xx,
    p50: quantile(0.5),
    p99: quantile(0.99),
  };
  process.send?.(loaded);
});
