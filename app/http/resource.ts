import type { RouterContextProvider } from "react-router";
import { requestInfoContext } from "#app/context.ts";
import { isUnavailable } from "#app/db/unavailable.ts";
import { Problem } from "#app/http/problem.ts";
import { log } from "#app/log.server.ts";

interface ResourceArgs {
  request: Request;
  context: Readonly<RouterContextProvider>;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * A resource route's `loader` and `action` in one: picks the method's handler, answers HEAD, OPTIONS and methods
 * without a handler, and makes an answer of whatever a handler throws.
 */
export function resource<Args extends ResourceArgs>(handlers: Partial<Record<Method, (args: Args) => Promise<Response> | Response>>) {
  const allow = [...Object.keys(handlers), ...("GET" in handlers ? ["HEAD"] : []), "OPTIONS"].join(", ");
  return async function answerRequest(args: Args): Promise<Response> {
    const { method } = args.request;
    if (method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow: allow } });
    return catchProblems(args.context, () => {
      const handler = handlers[(method === "HEAD" ? "GET" : method) as Method];
      if (!handler) throw new Problem("method_not_allowed", { headers: { Allow: allow } });
      return handler(args);
    });
  };
}

/** What `work` returns; or, for what it throws, a problem document. Our own faults are logged. */
export async function catchProblems(context: Readonly<RouterContextProvider>, work: () => Promise<Response> | Response): Promise<Response> {
  const { id } = context.get(requestInfoContext);
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) return error.toResponse(id);
    if (error instanceof Response) return error;
    return faultOf(error, id).toResponse(id);
  }
}

function faultOf(error: unknown, requestId: string): Problem {
  if (isUnavailable(error)) {
    log.warn({ event: "db.unavailable", request_id: requestId, reason: (error as Error).message }, "the database can't be reached");
    return new Problem("unavailable", { headers: { "Retry-After": "5" } });
  }
  // The client has gone away: nobody waits for this answer.
  if (error instanceof DOMException && error.name === "AbortError") return new Problem("malformed_request");
  log.error({ event: "api.fault", request_id: requestId, err: error }, "a request failed");
  return new Problem("internal_error");
}
