import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "#app/env.server.ts";

/** `closed`: no METRICS_TOKEN is set, so nobody may. */
export function mayReadMetrics({ headers }: Request): "allowed" | "refused" | "closed" {
  if (!env.METRICS_TOKEN) return "closed";
  const given = digest(headers.get("Authorization") ?? "");
  return timingSafeEqual(given, digest(`Bearer ${env.METRICS_TOKEN}`)) ? "allowed" : "refused";
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
