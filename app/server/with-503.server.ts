import type { LoaderFunctionArgs, ServerBuild } from "react-router";
import { requestInfoContext } from "#app/context.ts";
import { isUnavailable } from "#app/db/errors.ts";
import { unavailablePage } from "#app/http/unavailable.ts";
import { log } from "#app/log.server.ts";

type Handler = (args: LoaderFunctionArgs) => unknown;

/** Loaders and actions throw a 503, not a server error, while the database is unavailable. */
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
      if (!isUnavailable(error)) throw error;
      const { id } = args.context.get(requestInfoContext);
      log.warn({ event: "db.unavailable", request_id: id, reason: String(error) }, "the database can't be reached");
      throw unavailablePage();
    }
  };
}
