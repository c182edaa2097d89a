import type { RouterContextProvider } from "react-router";
import { requestInfoContext } from "#app/context.ts";
import { isServerFault, isUnavailable, Overloaded } from "#app/db/errors.ts";
import { Problem } from "#app/http/problem.ts";
import { unavailableProblem, unavailableReason } from "#app/http/unavailable.server.ts";
import { log, requestMilliseconds } from "#app/log.server.ts";

interface ResourceArgs {
  request: Request;
  context: Readonly<RouterContextProvider>;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * A resource route's `loader` and `action` in one. Dispatches by method, handles HEAD, OPTIONS and unsupported methods,
 * and turns errors into problem documents.
 */
export function resource<Args extends ResourceArgs>(handlers: Partial<Record<Method, (args: Args) => Promise<Response> | Response>>) {
  const allow = [...Object.keys(handlers), ...("GET" in handlers ? ["HEAD"] : []), "OPTIONS"].join(", ");
  return async function dispatch(args: Args): Promise<Response> {
    const { method } = args.request;
    if (method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow: allow } });
    return catchProblems(args.context, () => {
      const handler = handlers[(method === "HEAD" ? "GET" : method) as Method];
      if (!handler) throw new Problem("method_not_allowed", { headers: { Allow: allow } });
      return handler(args);
    });
  };
}

export async function catchProblems(
  context: Readonly<RouterContextProvider>,
  handle: () => Promise<Response> | Response,
): Promise<Response> {
  const { id } = context.get(requestInfoContext);
  try {
    return await handle();
  } catch (error) {
    if (error instanceof Problem) return error.toResponse(id);
    if (error instanceof Response) return error;
    return problemFrom(error).toResponse(id);
  }
}

function problemFrom(error: unknown): Problem {
  if (isUnavailable(error)) {
    const event = error instanceof Overloaded ? "server.busy" : "db.unavailable";
    log.warn({ event, reason: (error as Error).message }, "a request can't be answered now");
    return unavailableProblem(unavailableReason(error));
  }
  // The client has disconnected and will not see this response.
  if (error instanceof DOMException && error.name === "AbortError") return new Problem("malformed_request");
  const problem = isServerFault(error) ? unavailableProblem(unavailableReason(error)) : new Problem("internal_error");
  log.error({ event: "api.fault", status: problem.status, ms: requestMilliseconds(), err: error }, "a request failed");
  return problem;
}
