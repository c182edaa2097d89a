import { optionalSession } from "#app/auth/session.server.ts";
import { sessionUserContext } from "#app/context.ts";
import { publicUrl } from "#app/http/public-url.ts";
import { jsonResponse } from "#app/http/response.ts";
import { withCommands } from "#app/openapi/reference.ts";
import type { Route } from "./+types/api-viewer-document";

export const middleware: Route.MiddlewareFunction[] = [optionalSession];

/** The description of the API for a viewer: with a command for each operation, which names its reader. */
export function loader({ context }: Route.LoaderArgs) {
  return jsonResponse(withCommands(publicUrl("/").origin, context.get(sessionUserContext)?.id));
}
