import { Counter, collectDefaultMetrics, Gauge, Histogram, register } from "prom-client";
import type { MiddlewareFunction } from "react-router";
import { queryCounter } from "#app/db/client.server.ts";
import { openDatabase } from "#app/db/database.server.ts";
import { areWritesFailing } from "#app/db/write-health.server.ts";
import { noteInRequest } from "#app/log.server.ts";

// In development a changed module is loaded again, into the same registry.
register.clear();
collectDefaultMetrics();

const requestSeconds = new Histogram({
  name: "doable_http_request_duration_seconds",
  help: "Requests by route pattern, method and status",
  labelNames: ["route", "method", "status"],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

export const measureRequest: MiddlewareFunction<Response> = async ({ request, pattern }, next) => {
  const route = pattern.replace(/^(?!\/)/, "/");
  noteInRequest({ route });
  const stopTimer = requestSeconds.startTimer({ route, method: request.method });
  const response = await next();
  stopTimer({ status: response.status });
  return response;
};

export const unavailableResponses = new Counter({
  name: "doable_unavailable_responses_total",
  help: "Responses with status 503 by reason",
  labelNames: ["reason"],
});

export const tokenVerificationSeconds = new Histogram({
  name: "doable_token_verification_duration_seconds",
  help: "Bearer token verifications by outcome: ok, or why the token was refused",
  labelNames: ["outcome"],
  buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
});

export const signIns = new Counter({
  name: "doable_sign_ins_total",
  help: "Attempts to sign in by outcome",
  labelNames: ["outcome"],
});

export const rateLimited = new Counter({
  name: "doable_rate_limited_total",
  help: "Requests refused for their number, by the limit that was used up",
  labelNames: ["limit"],
});

new Counter({
  name: "doable_db_statements_total",
  help: "Statements sent to the database",
  collect() {
    this.reset();
    this.inc(queryCounter.count);
  },
});

new Gauge({
  name: "doable_db_pool_connections",
  help: "Database connections by state; waiting counts requests that wait for one",
  labelNames: ["state"],
  async collect() {
    const { pool } = await openDatabase();
    this.set({ state: "total" }, pool.totalCount);
    this.set({ state: "idle" }, pool.idleCount);
    this.set({ state: "waiting" }, pool.waitingCount);
  },
});

new Gauge({
  name: "doable_db_writes_failing",
  help: "1 while the database refuses writes because it is read-only or its disk is full",
  collect() {
    this.set(areWritesFailing() ? 1 : 0);
  },
});

const jobSeconds = new Histogram({
  name: "doable_job_duration_seconds",
  help: "Runs of background jobs by outcome: ok or failed",
  labelNames: ["job", "outcome"],
  buckets: [0.01, 0.1, 1, 10, 60, 600],
});

const jobSuccess = new Gauge({
  name: "doable_job_last_success_timestamp_seconds",
  help: "When a background job last succeeded",
  labelNames: ["job"],
});

/** Rejects like `run`. */
export async function measureJob(job: string, run: () => Promise<void>): Promise<void> {
  const stopTimer = jobSeconds.startTimer({ job });
  try {
    await run();
  } catch (error) {
    stopTimer({ outcome: "failed" });
    throw error;
  }
  stopTimer({ outcome: "ok" });
  jobSuccess.set({ job }, Date.now() / 1000);
}

/** Of a process that has a Redis. */
export function redisMetrics() {
  return {
    ready: new Gauge({ name: "doable_redis_ready", help: "1 while Redis counts the requests, 0 while each process counts for itself" }),
    errors: new Counter({ name: "doable_redis_errors_total", help: "Errors of the connection to Redis" }),
  };
}

export { register as metrics } from "prom-client";
