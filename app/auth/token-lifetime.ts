/** Seconds. */
export const TOKEN_LIFETIME = 15 * 60;
