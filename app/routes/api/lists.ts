import { scoped } from "#app/auth/bearer-guard.server.ts";
import { readJson, requireNoQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { hashedJsonResponse } from "#app/http/response.ts";
import { ListInput } from "#app/lists/list-input.ts";
import { listJson } from "#app/lists/list-json.ts";
import { listOrProblem, listResponse } from "#app/routes/api/list-response.ts";
import { listsFor } from "#app/routes/api/repositories.ts";
import type { Route } from "./+types/lists";

async function list({ request, url, context }: Route.LoaderArgs): Promise<Response> {
  requireNoQuery(url);
  return hashedJsonResponse(request, { items: (await listsFor(context).list()).map(listJson) });
}

async function create({ request, context }: Route.ActionArgs): Promise<Response> {
  const created = listOrProblem(await listsFor(context).create(await readJson(request, ListInput)));
  return listResponse(request, created, { status: 201, headers: { Location: `/api/me/lists/${created.id}` } });
}

export const loader = resource({ GET: scoped("tasks:read", list), POST: scoped("tasks:write", create) });
export const action = loader;
