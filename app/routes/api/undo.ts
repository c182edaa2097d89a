import { scoped } from "#app/auth/bearer-guard.server.ts";
import { changeJson, UndoInput } from "#app/changes/history-json.ts";
import { Problem } from "#app/http/problem.ts";
import { readJson } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { changesFor } from "#app/routes/api/repositories.ts";
import type { Route } from "./+types/undo";

async function undoChange({ request, context }: Route.ActionArgs): Promise<Response> {
  const { change } = await readJson(request, UndoInput);
  const undo = await changesFor(context).undoChange(change);
  if (!undo) throw new Problem("not_found", { detail: "There is no such change that can still be undone" });
  return jsonResponse(changeJson(undo));
}

export const loader = resource({ POST: scoped("tasks:write", undoChange) });
export const action = loader;
