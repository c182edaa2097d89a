import { scoped } from "#app/auth/bearer-guard.server.ts";
import { readJson, readQuery, requireNoQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { ListPatch, ListRemoveQuery } from "#app/lists/list-json.ts";
import { ifListMatch, listOrProblem, listResponse } from "#app/routes/api/list-response.ts";
import { listsFor } from "#app/routes/api/repositories.ts";
import type { Route } from "./+types/list";

async function get({ request, url, params, context }: Route.LoaderArgs): Promise<Response> {
  requireNoQuery(url);
  return listResponse(request, listOrProblem(await listsFor(context).find(params.listId)));
}

async function patch({ request, params, context }: Route.ActionArgs): Promise<Response> {
  const lists = listsFor(context);
  const changes = await readJson(request, ListPatch, (members) => lists.furtherProblems(params.listId, members));
  return listResponse(request, listOrProblem(await lists.update(params.listId, changes, ifListMatch(request))));
}

async function remove({ request, url, params, context }: Route.ActionArgs): Promise<Response> {
  const options = readQuery(url, ListRemoveQuery);
  listOrProblem(await listsFor(context).remove(params.listId, options, ifListMatch(request)));
  return new Response(null, { status: 204 });
}

export const loader = resource({
  GET: scoped("tasks:read", get),
  PATCH: scoped("tasks:write", patch),
  DELETE: scoped("tasks:write", remove),
});
export const action = loader;
