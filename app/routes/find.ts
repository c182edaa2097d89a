import type { PaletteTask } from "#app/components/palette/palette-commands.ts";
import { userContext } from "#app/context.ts";
import { unstoredJsonResponse } from "#app/http/response.ts";
import { viewerOf } from "#app/pages/viewer.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { toView } from "#app/tasks/task-view.ts";
import type { Route } from "./+types/find";

const LIMIT = 8;

export async function loader({ url, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const viewer = viewerOf(user);
  // Postgres can't read U+0000, which is in no task.
  const q = (url.searchParams.get("q") ?? "").replaceAll("\0", " ").trim().slice(0, 500);
  const tasks = q === "" ? [] : await tasksOf(user).search(q, undefined, LIMIT);
  return unstoredJsonResponse(
    tasks.map((task): PaletteTask => {
      const { id, title, status, listId, dueLabel } = toView(task, viewer);
      return { id, title, isDone: status === "done", listId, due: dueLabel && status === "open" ? dueLabel.text : null };
    }),
  );
}
