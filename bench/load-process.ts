import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import autocannon, { type Client, type Request } from "autocannon";
import type { Asked, Load, Loaded } from "./asking.ts";

// A process of its own, so that making the load takes nothing from the server's thread. Gets one `Load` after the other.

type Times = Pick<Loaded, "failed"> & { times: number[]; seconds: number };

/** As its documentation has it: an emitter that can be awaited. */
declare function start(options: autocannon.Options): Promise<autocannon.Result> & {
  on(event: "response", listener: (client: Client, status: number, bytes: number, milliseconds: number) => void): void;
};

/** Each connection asks again as soon as it has its answer. */
async function atOnce({ origin, people, connections, seconds }: Load): Promise<Times> {
  let connected = 0;
  // autocannon's own histogram counts in whole milliseconds.
  const times: number[] = [];
  const instance = (autocannon as unknown as typeof start)({
    url: origin,
    connections,
    duration: seconds,
    sampleInt: 100,
    idReplacement: true,
    // Each connection is another person.
    setupClient: (client: Client) => client.setRequests(people[connected++ % people.length] as Request[]),
  });
  instance.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  const { errors, non2xx, duration } = await instance;
  return { times, failed: errors + non2xx, seconds: duration };
}

/**
 * Asks at even distances of time, however long answers take: what waits for a free connection counts as waiting.
 * autocannon knows rates too, but asks for all of a second at its beginning.
 */
async function atRate({ origin, people, connections, seconds }: Load, rate: number): Promise<Times> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const answers: Promise<number | undefined>[] = [];
  const began = performance.now();
  for (let passed = 0; passed < seconds; passed = (performance.now() - began) / 1000) {
    for (; answers.length < passed * rate; ) {
      const [person, turn] = [answers.length % people.length, Math.floor(answers.length / people.length)];
      const asked = people[person]?.[turn % (people[person]?.length ?? 1)];
      if (asked) answers.push(timed(origin, asked, agent));
    }
    await delay(1);
  }
  const all = await Promise.all(answers);
  agent.destroy();
  const times = all.filter((time) => time !== undefined);
  return { times, failed: all.length - times.length, seconds };
}

/** Milliseconds to the end of the answer; `undefined` if it is not the one that was asked for. */
function timed(origin: string, { method, path, headers, body }: Asked, agent: Agent): Promise<number | undefined> {
  const began = performance.now();
  return new Promise((resolve) => {
    const sent = request(origin + path, { method, headers, agent }, (response) => {
      const isGood = response.statusCode !== undefined && response.statusCode < 300;
      response.resume().on("close", () => resolve(isGood && response.complete ? performance.now() - began : undefined));
    });
    sent.on("error", () => resolve(undefined)).end(body?.replace("[<id>]", crypto.randomUUID()));
  });
}

process.on("message", async (load: Load) => {
  const { times, failed, seconds } = await (load.rate === undefined ? atOnce(load) : atRate(load, load.rate));
  times.sort((a, b) => a - b);
  const quantile = (part: number) => times[Math.floor(part * (times.length - 1))] ?? Number.NaN;
  const loaded: Loaded = {
    perSecond: times.length / seconds,
    requests: times.length,
    failed,
    p50: quantile(0.5),
    p99: quantile(0.99),
  };
  process.send?.(loaded);
});
