import { readiness } from "#app/server/readiness.server.ts";

export async function loader() {
  const state = await readiness();
  return new Response(`${state}\n`, {
    status: state === "ready" ? 200 : 503,
    headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" },
  });
}
