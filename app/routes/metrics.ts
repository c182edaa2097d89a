import { checkMetricsToken } from "#app/auth/metrics-token.server.ts";
import { metrics } from "#app/http/metrics.server.ts";
import { resource } from "#app/http/resource.ts";

/** Prometheus text format. Requires METRICS_TOKEN; 404 where that is not configured. */
async function scrape({ request }: { request: Request }): Promise<Response> {
  const token = checkMetricsToken(request);
  if (token === "disabled") return new Response("Not Found\n", { status: 404 });
  if (token === "invalid") {
    return new Response("Unauthorized\n", { status: 401, headers: { "WWW-Authenticate": 'Bearer realm="metrics"' } });
  }
  return new Response(await metrics.metrics(), { headers: { "Content-Type": metrics.contentType, "Cache-Control": "no-store" } });
}

export const loader = resource({ GET: scrape });
export const action = loader;
