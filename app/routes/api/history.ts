import { scoped } from "#app/auth/bearer-guard.server.ts";
import { changePageJson, HistoryQuery } from "#app/changes/history-json.ts";
import { nextLink } from "#app/http/next-link.ts";
import { Problem } from "#app/http/problem.ts";
import { readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { changesFor } from "#app/routes/api/repositories.ts";
import type { Route } from "./+types/history";

async function list({ url, context }: Route.LoaderArgs): Promise<Response> {
  const page = await changesFor(context).changes(readQuery(url, HistoryQuery));
  if (!page) throw new Problem("malformed_request", { detail: "The cursor is not one of this list" });
  return jsonResponse(changePageJson(page), { headers: nextLink(url, page.nextCursor) });
}

export const loader = resource({ GET: scoped("tasks:read", list) });
export const action = loader;
