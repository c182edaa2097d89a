import type { MiddlewareFunction } from "react-router";
import { requestSeconds } from "#app/http/metrics.server.ts";

/** Counts and times every request that reaches a route, by the route's pattern. */
export const measureRequest: MiddlewareFunction<Response> = async ({ request, pattern }, next) => {
  const stopTimer = requestSeconds.startTimer({ route: pattern, method: request.method });
  const response = await next();
  stopTimer({ status: response.status });
  return response;
};
