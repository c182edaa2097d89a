import { scoped } from "#app/auth/bearer-guard.server.ts";
import { FeedQuery, feedJson } from "#app/changes/feed-json.ts";
import { Problem } from "#app/http/problem.ts";
import { readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { changesFor } from "#app/routes/api/repositories.ts";
import type { Route } from "./+types/changes";

async function read({ url, context }: Route.LoaderArgs): Promise<Response> {
  const { since, limit } = readQuery(url, FeedQuery);
  const page = await changesFor(context).read(since, limit);
  if (page === "malformed") throw new Problem("malformed_request", { detail: "since is not a token of this user's changes" });
  if (page === "resync_required") throw new Problem("resync_required");
  return jsonResponse(feedJson(page));
}

export const loader = resource({ GET: scoped("tasks:read", read) });
export const action = loader;
