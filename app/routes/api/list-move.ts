import { scoped } from "#app/auth/bearer-guard.server.ts";
import { readJson } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { ifListMatch, listOrProblem, listResponse } from "#app/routes/api/list-response.ts";
import { listsFor } from "#app/routes/api/repositories.ts";
import { MoveTarget } from "#app/tasks/wire/operation.ts";
import type { Route } from "./+types/list-move";

async function move({ request, params, context }: Route.ActionArgs): Promise<Response> {
  const lists = listsFor(context);
  const place = await readJson(request, MoveTarget, (members) => lists.furtherProblems(params.listId, members));
  return listResponse(request, listOrProblem(await lists.move(params.listId, place, ifListMatch(request))));
}

export const loader = resource({ POST: scoped("tasks:write", move) });
export const action = loader;
