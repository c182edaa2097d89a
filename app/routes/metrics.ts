import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "#app/env.server.ts";
import { metrics } from "#app/metrics.server.ts";
import type { Route } from "./+types/metrics";

/** Prometheus text for whoever has METRICS_TOKEN; without that variable there is nothing here. */
export async function loader({ request }: Route.LoaderArgs) {
  const token = env.METRICS_TOKEN;
  if (!token) return new Response("Not Found\n", { status: 404 });
  if (!equal(request.headers.get("Authorization") ?? "", `Bearer ${token}`)) {
    return new Response("Unauthorized\n", { status: 401, headers: { "WWW-Authenticate": 'Bearer realm="metrics"' } });
  }
  return new Response(await metrics.metrics(), { headers: { "Content-Type": metrics.contentType, "Cache-Control": "no-store" } });
}

function equal(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
