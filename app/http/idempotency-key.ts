export const IDEMPOTENCY_TTL_HOURS = 24;

export const MAX_IDEMPOTENCY_KEY = 255;
