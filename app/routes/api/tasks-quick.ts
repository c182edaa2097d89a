import { scoped } from "#app/auth/bearer-guard.server.ts";
import { userContext } from "#app/context.ts";
import { entityTag } from "#app/http/conditional.ts";
import { readJson } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import { captureNames } from "#app/lists/capture-names.server.ts";
import { listsFor, tasksFor } from "#app/routes/api/repositories.ts";
import { orProblem } from "#app/routes/api/task-response.ts";
import { capture } from "#app/tasks/capture/capture.ts";
import { captureContext } from "#app/tasks/capture/chips.ts";
import { toTaskInput } from "#app/tasks/capture/task-input.ts";
import { inputJson } from "#app/tasks/rules.ts";
import { QuickInput } from "#app/tasks/wire/quick.ts";
import { taskJson } from "#app/tasks/wire/task-json.ts";
import type { Route } from "./+types/tasks-quick";

async function quick({ request, context }: Route.ActionArgs): Promise<Response> {
  const { text, dry_run } = await readJson(request, QuickInput);
  const names = await captureNames(text, listsFor(context), tasksFor(context));
  const captured = capture(text, captureContext(context.get(userContext), names, []));
  const input = orProblem(toTaskInput(captured, context.get(userContext).timezone));
  const { spans } = captured;
  if (dry_run) return jsonResponse({ task: inputJson(input), spans });
  const task = orProblem(await tasksFor(context).create(input));
  const headers = { ETag: entityTag(task.version), Location: `/api/me/tasks/${task.id}` };
  return jsonResponse({ task: taskJson(task), spans }, { status: 201, headers });
}

export const loader = resource({ POST: scoped("tasks:write", quick) });
export const action = loader;
