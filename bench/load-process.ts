import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import autocannon, { type Client, type Request } from "autocannon";
import type { BenchRequest, Load, LoadResult } from "./load.ts";

// Runs as a process of its own, which load.ts starts. Its parent sends one `Load` after the other.

type Timings = Pick<LoadResult, "failed"> & { times: number[]; seconds: number };

/** autocannon's types leave out that its emitter can be awaited. */
declare function start(options: autocannon.Options): Promise<autocannon.Result> & {
  on(event: "response", listener: (client: Client, status: number, bytes: number, milliseconds: number) => void): void;
};

/** Each connection sends its next request as soon as it has a response. */
async function atFullSpeed({ origin, users, connections, seconds }: Load): Promise<Timings> {
  let connected = 0;
  // autocannon's own histogram has whole milliseconds only.
  const times: number[] = [];
  const instance = (autocannon as unknown as typeof start)({
    url: origin,
    connections,
    duration: seconds,
    sampleInt: 100,
    idReplacement: true,
    // One user for each connection.
    setupClient: (client: Client) => client.setRequests(users[connected++ % users.length] as Request[]),
  });
  instance.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  const { errors, non2xx, duration } = await instance;
  return { times, failed: errors + non2xx, seconds: duration };
}

/**
 * Sends requests at even intervals, however long responses take. The time that a request waits for a free connection counts.
 * autocannon has rates too, but sends all requests of a second at its beginning.
 */
async function atRate({ origin, users, connections, seconds }: Load, rate: number): Promise<Timings> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const responses: Promise<number | undefined>[] = [];
  const began = performance.now();
  for (let passed = 0; passed < seconds; passed = (performance.now() - began) / 1000) {
    while (responses.length < passed * rate) {
      const requests = users[responses.length % users.length] ?? [];
      const next = requests[Math.floor(responses.length / users.length) % requests.length];
      if (next) responses.push(timed(origin, next, agent));
    }
    await delay(1);
  }
  const all = await Promise.all(responses);
  agent.destroy();
  const times = all.filter((time) => time !== undefined);
  return { times, failed: all.length - times.length, seconds };
}

/** Milliseconds to the end of the response; `undefined` if it fails or is cut off. */
function timed(origin: string, { method, path, headers, body }: BenchRequest, agent: Agent): Promise<number | undefined> {
  const began = performance.now();
  return new Promise((resolve) => {
    const sent = request(origin + path, { method, headers, agent }, (response) => {
      const isSuccess = response.statusCode !== undefined && response.statusCode < 300;
      response.resume().on("close", () => resolve(isSuccess && response.complete ? performance.now() - began : undefined));
    });
    sent.on("error", () => resolve(undefined)).end(body?.replace("[<id>]", crypto.randomUUID()));
  });
}

process.on("message", async (load: Load) => {
  const { times, failed, seconds } = await (load.rate === undefined ? atFullSpeed(load) : atRate(load, load.rate));
  times.sort((a, b) => a - b);
  const quantile = (part: number) => times[Math.floor(part * (times.length - 1))] ?? Number.NaN;
  const result: LoadResult = {
    perSecond: times.length / seconds,
    requests: times.length,
    failed,
    p50: quantile(0.5),
    p99: quantile(0.99),
  };
  process.send?.(result);
});
