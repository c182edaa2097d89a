import { resource } from "#app/http/resource.ts";

/** Liveness: the process responds. /readyz checks its dependencies. */
export const loader = resource({
  GET: () => new Response("ok\n", { headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" } }),
});
export const action = loader;
