import { ExportQuery } from "#app/archive/archive.ts";
import { userContext } from "#app/context.ts";
import { readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import type { Route } from "./+types/data-export";
import { archiveFile } from "./archive-file.server";

/** What the API gives to a script, for somebody with a browser. */
function download({ request, url, context }: Route.LoaderArgs): Promise<Response> {
  return archiveFile(request, context.get(userContext), readQuery(url, ExportQuery).format, { forSpreadsheets: true });
}

export const loader = resource({ GET: download });
export const action = loader;
