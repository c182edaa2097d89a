import { env } from "#app/env.server.ts";

/** An address as the outside knows it: of BETTER_AUTH_URL, whatever Host a request named. */
export function publicUrl(path: string): URL {
  return new URL(path, env.BETTER_AUTH_URL);
}
