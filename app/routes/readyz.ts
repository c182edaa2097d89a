import { readiness } from "#app/http/readiness.server.ts";
import { resource } from "#app/http/resource.ts";

async function check(): Promise<Response> {
  const state = await readiness();
  return new Response(`${state}\n`, {
    status: state === "ready" ? 200 : 503,
    headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" },
  });
}

export const loader = resource({ GET: check });
export const action = loader;
