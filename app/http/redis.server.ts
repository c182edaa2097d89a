import type { RedisClientType } from "@redis/client";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

/** What instances share besides the database; `undefined` without REDIS_URL. Never waited for: who uses it asks whether it is ready. */
export const redis = env.REDIS_URL ? await connected(env.REDIS_URL) : undefined;

/** Goes on trying for as long as the process lives. One that stops answering is away after two seconds, until it answers again. */
async function connected(url: string): Promise<RedisClientType> {
  // Loaded here and not above: who has no Redis has nothing of it in memory.
  const { createClient } = await import("@redis/client");
  const client: RedisClientType = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: 500,
    socket: { connectTimeout: 2_000, socketTimeout: 2_000, reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 3_000) },
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
