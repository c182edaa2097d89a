import { userContext } from "#app/context.ts";
import { readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { ExportQuery } from "#app/io/archive.ts";
import { archiveResponse } from "#app/pages/archive-file.server.ts";
import type { Route } from "./+types/data-export";

/** The same file as the export API, for a browser session. */
function download({ request, url, context }: Route.LoaderArgs): Promise<Response> {
  return archiveResponse(request, context.get(userContext), readQuery(url, ExportQuery).format, { forSpreadsheets: true });
}

export const loader = resource({ GET: download });
export const action = loader;
