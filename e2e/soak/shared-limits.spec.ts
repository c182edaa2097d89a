import { once } from "node:events";
import { call, newPerson, problemOf } from "../support/api.ts";
import { hasRedis, startRedis, type TestRedis } from "../support/redis.ts";
import { type DoableServer, startServer } from "../support/server.ts";
import { anyAddress, expect, test } from "../support/test.ts";

test.skip(!hasRedis, "needs redis-server on the PATH");
test.describe.configure({ timeout: 120_000 });

const METRICS_TOKEN = "only-for-tests-only-for-tests";

function left(answer: Response): number {
  return Number(/;r=(\d+)/.exec(answer.headers.get("RateLimit") ?? "")?.[1]);
}

async function readOnce(server: DoableServer, token: string): Promise<number> {
  const answer = await call(server, "/api/me", { token });
  expect(answer.status).toBe(200);
  return left(answer);
}

async function metric(server: DoableServer, name: string): Promise<number> {
  const text = await (await call(server, "/metrics", { token: METRICS_TOKEN })).text();
  return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1]);
}

function logged(server: DoableServer, event: string): () => number {
  return () => server.log.filter((line) => line.includes(`"${event}"`)).length;
}

async function withRedis(work: (redis: TestRedis) => Promise<void>): Promise<void> {
  const redis = await startRedis();
  try {
    await work(redis);
  } finally {
    if (redis.process.exitCode === null && redis.process.signalCode === null) await redis.stop();
  }
}

test("two processes with one Redis share their rate limits", async () => {
  await withRedis(async ({ url }) => {
    const env = { REDIS_URL: url, TOKENS_PER_MINUTE_BY_ADDRESS: "30" };
    await using one = await startServer(env);
    await using other = await startServer(env);
    const headers = { "X-Forwarded-For": anyAddress() };
    const answers: number[] = [];
    for (let time = 0; time < 16; time++) {
      for (const server of [one, other]) answers.push((await call(server, "/api/token", { method: "POST", headers })).status);
    }
    // On both servers together.
    expect(answers).toEqual([...Array<number>(30).fill(401), 429, 429]);
  });
});

test("two processes on one database share a user's rate limit", async () => {
  test.skip(!process.env.TEST_DATABASE_URL, "the embedded database is for one process");
  await withRedis(async ({ url }) => {
    await using one = await startServer({ REDIS_URL: url, API_READS_PER_MINUTE: "4" });
    const { DATABASE_URL = "", BETTER_AUTH_SECRET = "", BETTER_AUTH_URL = "" } = one.env;
    await using other = await startServer({ REDIS_URL: url, API_READS_PER_MINUTE: "4", DATABASE_URL, BETTER_AUTH_SECRET, BETTER_AUTH_URL });
    const { token } = await newPerson(one);
    const counted: number[] = [];
    for (const server of [one, other, one, other]) counted.push(await readOnce(server, token));
    expect(counted).toEqual([3, 2, 1, 0]);
    for (const server of [one, other]) await problemOf(await call(server, "/api/me", { token }), 429, "rate_limited");
  });
});

test("without Redis each process counts alone and logs that once; afterwards they share counts again", async () => {
  await withRedis(async (redis) => {
    await using server = await startServer({ REDIS_URL: redis.url, API_READS_PER_MINUTE: "5", METRICS_TOKEN });
    const { token } = await newPerson(server);
    expect(await readOnce(server, token)).toBe(4);
    expect(await metric(server, "doable_redis_ready")).toBe(1);
    // On a machine that stalls for seconds, the connection may have been lost earlier.
    const before = logged(server, "redis.unavailable")();
    await redis.stop();
    const away: Response[] = [];
    for (let time = 0; time < 6; time++) away.push(await call(server, "/api/me", { token }));
    expect(away.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    await expect.poll(logged(server, "redis.unavailable")).toBe(before + 1);
    expect(await metric(server, "doable_redis_ready")).toBe(0);
    expect(await metric(server, "doable_redis_errors_total")).toBeGreaterThan(0);
    await redis.start();
    await expect.poll(logged(server, "redis.ready")).toBe(before + 1);
    expect(await readOnce(server, token)).toBe(4);
    expect(logged(server, "redis.unavailable")()).toBe(before + 1);
  });
});

test("a Redis that never responds delays only the current requests, and only briefly", async () => {
  await withRedis(async (redis) => {
    await using server = await startServer({ REDIS_URL: redis.url, API_READS_PER_MINUTE: "20" });
    const { token } = await newPerson(server);
    await readOnce(server, token);
    redis.process.kill("SIGSTOP");
    const begun = performance.now();
    const least = Math.min(...(await Promise.all([readOnce(server, token), readOnce(server, token), readOnce(server, token)])));
    for (let time = 1; time <= 8; time++) expect(await readOnce(server, token)).toBe(least - time);
    expect(performance.now() - begun).toBeLessThan(4_500);
    expect(logged(server, "redis.unavailable")()).toBeGreaterThan(0);
  });
});

test("the server starts while Redis is down", async () => {
  const redis = await startRedis();
  await redis.stop();
  await using server = await startServer({ REDIS_URL: redis.url });
  const { token } = await newPerson(server);
  expect(await readOnce(server, token)).toBe(599);
  server.process.kill("SIGTERM");
  await once(server.process, "exit");
  expect(server.process.exitCode).toBe(0);
});
