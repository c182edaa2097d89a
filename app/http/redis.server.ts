import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { RedisClientType } from "@redis/client";
import { env } from "#app/env.server.ts";
import { redisMetrics } from "#app/http/metrics.server.ts";
import { log } from "#app/log.server.ts";

/** Milliseconds that a start waits. */
const FIRST_ATTEMPT = 2_000;

/** Shared by all instances; `undefined` without REDIS_URL. May be disconnected: callers check `isReady`. */
export const redis = env.REDIS_URL ? await connect(env.REDIS_URL) : undefined;

/**
 * Resolves when the first attempt to connect has succeeded or failed, or after two seconds, so that a new process shares its counts
 * from its first request.
 * Reconnects for as long as the process lives. A server that stops responding counts as down after two seconds.
 */
async function connect(url: string): Promise<RedisClientType> {
  // Imported dynamically so that a process without Redis does not load it.
  const { createClient } = await import("@redis/client");
  const client: RedisClientType = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: 500,
    socket: { connectTimeout: 2_000, socketTimeout: 2_000, reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 3_000) },
  });
  const { ready, errors } = redisMetrics();
  let isDown = false;
  client.on("error", (error: Error) => {
    if (!isDown) log.warn({ event: "redis.unavailable", reason: error.message }, "Redis is away: each instance counts for itself");
    isDown = true;
    ready.set(0);
    errors.inc();
  });
  client.on("ready", () => {
    if (isDown) log.info({ event: "redis.ready" }, "Redis is back");
    isDown = false;
    ready.set(1);
  });
  const firstAttempt = once(client, "ready").catch(() => undefined);
  client.connect().catch(() => undefined);
  // A server that accepts the connection and is silent takes longer to be found away: each step of connecting has a limit of its own.
  await Promise.race([firstAttempt, delay(FIRST_ATTEMPT, undefined, { ref: false })]);
  return client;
}
