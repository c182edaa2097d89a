import { env } from "#app/env.server.ts";
import { limit } from "#app/http/limits.server.ts";

/** Exchanges of access keys for tokens. */
export const exchangesByKey = limit("token-by-key", env.TOKENS_PER_MINUTE_BY_KEY);
export const exchangesByAddress = limit("token-by-address", env.TOKENS_PER_MINUTE_BY_ADDRESS);
