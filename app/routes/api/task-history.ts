import { scoped } from "#app/auth/bearer-guard.server.ts";
import { HistoryQuery, versionPageJson } from "#app/changes/history-json.ts";
import { nextLink } from "#app/http/next-link.ts";
import { Problem } from "#app/http/problem.ts";
import { readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { changesFor } from "#app/routes/api/repositories.ts";
import type { Route } from "./+types/task-history";

async function list({ url, params, context }: Route.LoaderArgs): Promise<Response> {
  const page = await changesFor(context).versions(params.taskId, readQuery(url, HistoryQuery));
  if (page === undefined) throw new Problem("not_found");
  if (page === "malformed") throw new Problem("malformed_request", { detail: "The cursor is not one of this list" });
  return jsonResponse(versionPageJson(page), { headers: nextLink(url, page.nextCursor) });
}

export const loader = resource({ GET: scoped("tasks:read", list) });
export const action = loader;
