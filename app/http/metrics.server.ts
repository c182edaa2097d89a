import { Counter, collectDefaultMetrics, Gauge, Histogram, register } from "prom-client";
import type { MiddlewareFunction } from "react-router";
import { queryCounter } from "#app/db/client.server.ts";
import { openDatabase } from "#app/db/database.server.ts";
import { areWritesFailing } from "#app/db/write-health.server.ts";

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
  const stopTimer = requestSeconds.startTimer({ route: pattern, method: request.method });
  const response = await next();
  stopTimer({ status: response.status });
  return response;
};

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

export { register as metrics } from "prom-client";
