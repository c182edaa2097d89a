import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "#app/env.server.ts";

export function checkMetricsToken({ headers }: Request): "valid" | "invalid" | "disabled" {
  if (!env.METRICS_TOKEN) return "disabled";
  const authorization = digest(headers.get("Authorization") ?? "");
  return timingSafeEqual(authorization, digest(`Bearer ${env.METRICS_TOKEN}`)) ? "valid" : "invalid";
}

/** `timingSafeEqual` requires inputs of equal length. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
