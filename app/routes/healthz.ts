import { resource } from "#app/http/resource.ts";

/** The process lives. What it depends on is /readyz's to say. */
export const loader = resource({
  GET: () => new Response("ok\n", { headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" } }),
});
export const action = loader;
