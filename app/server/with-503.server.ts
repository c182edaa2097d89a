import type { LoaderFunctionArgs, ServerBuild } from "react-router";
import { isServerFault, isUnavailable, Overloaded } from "#app/db/errors.ts";
import { unavailablePage, unavailableReason } from "#app/http/unavailable.server.ts";
import { log, requestMilliseconds } from "#app/log.server.ts";

type Handler = (args: LoaderFunctionArgs) => unknown;

/** The build's routes with loaders and actions that throw a 503, not a server error, while the database can't be used. */
export function with503(routes: ServerBuild["routes"]): ServerBuild["routes"] {
  return Object.fromEntries(
    Object.entries(routes).map(([id, route]) => {
      if (!route) return [id, route];
      const { loader, action } = route.module;
      const wrapped = { ...(loader && { loader: handlerWith503(loader) }), ...(action && { action: handlerWith503(action) }) };
      return [id, { ...route, module: { ...route.module, ...wrapped } }];
    }),
  );
}

export function handlerWith503(handler: Handler): Handler {
  return async function handle(args) {
    try {
      return await handler(args);
    } catch (error) {
      if (!isServerFault(error)) throw error;
      const event = error instanceof Overloaded ? "server.busy" : "db.unavailable";
      if (isUnavailable(error)) log.warn({ event, reason: String(error) }, "a page can't be answered now");
      else log.error({ event: "page.fault", status: 503, ms: requestMilliseconds(), err: error }, "a page failed");
      throw unavailablePage(unavailableReason(error));
    }
  };
}
