import { scoped } from "#app/auth/bearer-guard.server.ts";
import { requireNoQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { hashedJsonResponse } from "#app/http/response.ts";
import { tasksFor } from "#app/routes/api/repositories.ts";
import type { Route } from "./+types/labels";

async function list({ request, url, context }: Route.LoaderArgs): Promise<Response> {
  requireNoQuery(url);
  const labels = await tasksFor(context).labels("all");
  return hashedJsonResponse(request, { items: labels.map(({ name, openCount }) => ({ name, open_count: openCount })) });
}

export const loader = resource({ GET: scoped("tasks:read", list) });
export const action = loader;
