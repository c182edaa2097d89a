import { createClient, type RedisClientType } from "@redis/client";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

/** What instances share besides the database; `undefined` without REDIS_URL. Never waited for: who uses it asks whether it is ready. */
export const redis = env.REDIS_URL ? connected(env.REDIS_URL) : undefined;

/** Goes on trying for as long as the process lives. One that has stopped answering counts as away within five seconds. */
function connected(url: string): RedisClientType {
  const client: RedisClientType = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: 1_000,
    socket: { connectTimeout: 2_000, socketTimeout: 5_000, reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 3_000) },
  });
  let isAway = false;
  client.on("error", (error: Error) => {
    if (!isAway) log.warn({ event: "redis.unavailable", reason: error.message }, "Redis is away: each instance counts for itself");
    isAway = true;
  });
  client.on("ready", () => {
    if (isAway) log.info({ event: "redis.ready" }, "Redis is back");
    isAway = false;
  });
  client.connect().catch(() => undefined);
  return client;
}
