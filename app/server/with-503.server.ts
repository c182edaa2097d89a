import { data, type LoaderFunctionArgs, type ServerBuild } from "react-router";
import { requestInfoContext } from "#app/context.ts";
import { isUnavailable } from "#app/db/unavailable.ts";
import { log } from "#app/log.server.ts";

/** In seconds. */
export const RETRY_AFTER = "5";

type Handler = (args: LoaderFunctionArgs) => unknown;

/** The routes of a build, of which each answers 503 when its own query finds the database away: that is no fault of the page. */
export function with503(routes: ServerBuild["routes"]): ServerBuild["routes"] {
  return Object.fromEntries(
    Object.entries(routes).map(([id, route]) => {
      if (!route) return [id, route];
      const { loader, action } = route.module;
      const guarded = { ...(loader && { loader: guard(loader) }), ...(action && { action: guard(action) }) };
      return [id, { ...route, module: { ...route.module, ...guarded } }];
    }),
  );
}

export function guard(handler: Handler): Handler {
  return async function answer(args) {
    try {
      return await handler(args);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      const { id } = args.context.get(requestInfoContext);
      log.warn({ event: "db.unavailable", request_id: id, reason: String(error) }, "the database can't be reached");
      throw data(null, { status: 503, headers: { "Retry-After": RETRY_AFTER } });
    }
  };
}
