const KIBIBYTE = 1024;

/** In bytes. */
export const BODY_LIMIT = KIBIBYTE * KIBIBYTE;
export const IMPORT_BODY_LIMIT = 10 * BODY_LIMIT;
/** Where requests need neither a session nor a token. */
export const OPEN_BODY_LIMIT = 16 * KIBIBYTE;
