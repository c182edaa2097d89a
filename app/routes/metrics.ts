import { mayReadMetrics } from "#app/auth/metrics-guard.server.ts";
import { metrics } from "#app/http/metrics.server.ts";
import { resource } from "#app/http/resource.ts";

/** Prometheus text for whoever has METRICS_TOKEN; without that variable there is nothing here. */
async function measured({ request }: { request: Request }): Promise<Response> {
  const permission = mayReadMetrics(request);
  if (permission === "closed") return new Response("Not Found\n", { status: 404 });
  if (permission === "refused") {
    return new Response("Unauthorized\n", { status: 401, headers: { "WWW-Authenticate": 'Bearer realm="metrics"' } });
  }
  return new Response(await metrics.metrics(), { headers: { "Content-Type": metrics.contentType, "Cache-Control": "no-store" } });
}

export const loader = resource({ GET: measured });
export const action = loader;
