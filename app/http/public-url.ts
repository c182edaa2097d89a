import { env } from "#app/env.server.ts";

/** Independent of the request's Host. */
export function publicUrl(path: string): URL {
  return new URL(path, env.BETTER_AUTH_URL);
}
