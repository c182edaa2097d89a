import { scoped } from "#app/auth/bearer-guard.server.ts";
import { requireNoQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import type { Route } from "./+types/trash";

async function empty({ url, context }: Route.ActionArgs): Promise<Response> {
  requireNoQuery(url);
  await tasksFor(context).emptyTrash();
  return new Response(null, { status: 204 });
}

export const loader = resource({ DELETE: scoped("tasks:write", empty) });
export const action = loader;
